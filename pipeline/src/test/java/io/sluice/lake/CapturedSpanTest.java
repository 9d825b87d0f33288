package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class CapturedSpanTest {
    private static final String TIMES =
            "'2026-03-01T10:00:00Z', '2026-03-01T10:00:07.001999Z', '1969-12-31T23:59:59.9999Z', NULL";
    private static final Instant FIRST = Instant.parse("1969-12-31T23:59:59.999Z");
    private static final Instant LAST = Instant.parse("2026-03-01T10:00:07.001Z");

    private final SparkSession spark;

    @TempDir
    private Path folder;

    CapturedSpanTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TIMESTAMP_MICROS", "TIMESTAMP_MILLIS"})
    void isFromTheFirstRowToTheLastInMilliseconds(String type) throws IOException {
        assertThat(of(TIMES, type)).isEqualTo(new CapturedSpan(FIRST.toEpochMilli(), LAST.toEpochMilli()));
    }

    @Test
    void ofAFileWithoutStatisticsIsAnyTime() throws IOException {
        assertThat(of(TIMES, "INT96")).isEqualTo(CapturedSpan.ANY);
    }

    @Test
    void ofRowsThatHaveNoTimeIsAnyTime() throws IOException {
        assertThat(of("NULL", "TIMESTAMP_MICROS")).isEqualTo(CapturedSpan.ANY);
    }

    private CapturedSpan of(String times, String type) throws IOException {
        SparkSession writing = spark.newSession();
        writing.conf().set("spark.sql.parquet.outputTimestampType", type);
        writing.sql("SELECT CAST(time AS TIMESTAMP) AS captured_at FROM (SELECT explode(array(" + times + ")) AS time)")
                .coalesce(1)
                .write()
                .parquet(folder.resolve("rows").toString());
        org.apache.hadoop.fs.Path rows =
                new org.apache.hadoop.fs.Path(folder.resolve("rows").toString(), "*.parquet");
        org.apache.hadoop.fs.Path file =
                rows.getFileSystem(new Configuration()).globStatus(rows)[0].getPath();
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, new Configuration()))) {
            return CapturedSpan.of(reader.getFooter());
        }
    }
}
