package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import io.sluice.lineage.Run;
import io.sluice.schemas.RejectTable;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class CaptureImportTest {
    private final SparkSession spark;

    @TempDir
    private Path folder;

    CaptureImportTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void rejectsAFileThatCannotBeReadAndGoesOnWithTheOthers() throws Exception {
        for (String name : List.of("a.har", "b.har", "c.txt")) {
            Files.writeString(folder.resolve(name), name);
        }
        TenantTables tables = open();
        List<CaptureFile> files = tables.captureFiles(List.of(folder.toString()));
        Files.delete(folder.resolve("a.har"));

        try (CaptureImport running = tables.importing(files, CaptureImportTest::read)) {
            assertThat(running.tally())
                    .isEqualTo(new CaptureImport.Tally(
                            2,
                            0,
                            2,
                            0,
                            Map.of("har", 1L),
                            Map.of("unreadable", 1L, "empty", 1L),
                            Map.of("not_a_capture", 1L)));
            assertThat(running.rejects()
                            .where("reason = 'unreadable'")
                            .select(RejectTable.SOURCE_OBJECT, RejectTable.DETAIL)
                            .collectAsList())
                    .extracting(Row::mkString)
                    .allMatch(row -> row.contains("a.har") && row.contains("may not be read"))
                    .hasSize(1);
        }
    }

    private static CaptureReading.Verdict read(InputStream in, CaptureFile file, CaptureReading.Rows rows) {
        if (!file.extension().equals("har")) {
            return new CaptureReading.Verdict(null, "not_a_capture");
        }
        rows.reject(new CaptureReading.Reject("empty", "The file is empty", 0L, 0L));
        return new CaptureReading.Verdict("har", null);
    }

    private TenantTables open() {
        Run run = new Run("r1", "import", "0", Instant.parse("2026-11-23T09:00:00Z"));
        TenantSettings settings =
                TenantSettings.below(folder.resolve("lake").toUri().toString(), new TenantName("acme"));
        return TenantTables.open(spark, settings, run, new TenantTables.Declared(List.of(), List.of()));
    }
}
