package io.sluice.lake;

import static io.sluice.lake.TenantTablesTest.PLACE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import io.sluice.lineage.Run;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a kill leaves in a tenant's folder, and what the log of a table says then. */
@ExtendWith(SparkExtension.class)
class LeftoversTest {
    private final SparkSession spark;

    @TempDir
    private Path lake;

    private Path table = Path.of("");

    LeftoversTest(SparkSession spark) {
        this.spark = spark;
    }

    @BeforeEach
    void storesPlaces() {
        table = lake.resolve("acme/tables/place");
        append("a");
        append("b");
    }

    @Test
    void whatWasNeverFinishedGoesAndAllElseStays() throws IOException {
        Set<Path> stored = Set.copyOf(files());
        Path folder = lake.resolve("acme/landing");
        for (Path unfinished : List.of(
                table.resolve("part-00000-stopped.c000.zstd.parquet"),
                table.resolve("_change_data/cdc-00000-stopped.c000.zstd.parquet"),
                table.resolve(".part-00000-x.c000.zstd.parquet.3f.scrubbing"),
                table.resolve("..part-00000-x.c000.zstd.parquet.3f.scrubbing.crc"),
                table.resolve("_delta_log/.00000000000000000007.json.3f.tmp"),
                table.resolve("_delta_log/..00000000000000000007.checkpoint.parquet.3f.tmp.crc"),
                folder.resolve("_scrubbing-3f/part-00000.parquet"),
                folder.resolve("_import-r1-00000-1.tmp"))) {
            Files.createDirectories(unfinished.getParent());
            Files.writeString(unfinished, "PAR1 and no more");
        }
        Path another = Files.writeString(table.resolve("notes.txt"), "not ours");

        open().objects().sweep();

        assertThat(files())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(stored.stream(), Stream.of(another)).toList());
    }

    @Test
    void aFileThatTheLogNamesIsDamagedAndStaysToBeToldOf() throws IOException {
        Path damaged = data().get(0);
        try (RandomAccessFile bytes = new RandomAccessFile(damaged.toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }
        open().objects().sweep();
        assertThat(damaged).exists();

        open().purge(PLACE); // then it is a checkpoint that names it
        open().objects().sweep();
        assertThat(damaged).exists();

        spark.sql("DELETE FROM delta.`" + table + "`");
        open().purge(PLACE);
        assertThat(damaged)
                .as("purging removes what only earlier versions name")
                .doesNotExist();
    }

    @Test
    void theNewestCommitAfterAPurgeTellsOfNothing() throws IOException {
        for (String gone : List.of("a", "b")) { // in files of their own, which leave no deletion vector
            open().erase(PLACE, Set.of(gone), "place_id");
        }
        open().purge(PLACE);

        assertThat(commits()).hasSize(1);
        assertThat(Files.readString(commits().get(0)))
                .contains("SET TBLPROPERTIES")
                .doesNotContain("predicate");
    }

    @Test
    void aVersionBehindAGapInTheLogCannotBeRead() throws IOException {
        append("c");
        assertThat(open().oldestVersion(PLACE)).isZero();
        Path first = commits().get(0);
        Path kept = Files.copy(first, lake.resolve("kept"));
        open().purge(PLACE);
        Files.copy(kept, first); // as where a purge was stopped that began with the second
        append("d");

        assertThat(open().oldestVersion(PLACE)).isEqualTo(4);
    }

    private TenantTables open() {
        Run run = new Run("r" + System.nanoTime(), "count", "0", Instant.parse("2026-11-23T09:00:00Z"));
        return TenantTables.open(
                spark,
                TenantSettings.below(lake.toUri().toString(), new TenantName("acme")),
                run,
                new TenantTables.Declared(List.of(), List.of(PLACE)));
    }

    private void append(String id) {
        TenantTables tables = open();
        tables.append(
                PLACE,
                spark.createDataFrame(List.of(RowFactory.create(id)), PLACE.schema())
                        .coalesce(1));
    }

    private List<Path> commits() throws IOException {
        try (Stream<Path> log = Files.list(table.resolve("_delta_log"))) {
            return log.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private List<Path> data() throws IOException {
        return files().stream()
                .filter(file ->
                        table.equals(file.getParent()) && file.toString().endsWith(".parquet"))
                .toList();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(lake)) {
            return all.filter(file -> Files.isRegularFile(file)).sorted().toList();
        }
    }
}
