package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.RejectTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandingFilesTest {
    @TempDir
    private Path folder;

    private IngestLake lake;

    @BeforeEach
    void open() {
        lake = new IngestLake(folder);
    }

    @Test
    void rejectsWhatIsNotALandingFileWithItsReason() throws IOException {
        Path landing = Files.createDirectories(lake.tenant().resolve("landing"));
        lake.land("good.parquet", LandedExchange.exchanges(0, 2));
        byte[] good = Files.readAllBytes(landing.resolve("good.parquet"));
        Path half = landing.resolve("half.parquet");
        Files.write(half, Arrays.copyOf(good, good.length / 2));
        Files.writeString(landing.resolve("notes.txt"), "hello");
        Files.writeString(landing.resolve("_under-way.parquet"), "PAR1");
        Files.writeString(landing.resolve("later.parquet.tmp"), "PAR1");
        Dataset<Row> rows = lake.spark().createDataFrame(List.of(new LandedExchange(9).row()), LandedExchange.SCHEMA);
        lake.land(
                "typed.parquet",
                rows.withColumn(
                        ExchangeTable.CAPTURED_AT,
                        col(ExchangeTable.CAPTURED_AT).cast("string")));
        lake.land("missing.parquet", rows.drop(ExchangeTable.METHOD));
        lake.land("extra.parquet", rows.withColumn("colour", functions.lit("red")));
        lake.land(
                "[worked-out] columns {left} out?.parquet",
                rows.drop(ExchangeTable.EXCHANGE_ID, ExchangeTable.CAPTURED_DATE));

        JsonNode result = lake.ingest(ExitCode.DONE_IN_PART).get("result");
        assertThat(result.get("filesAccepted").asLong()).isEqualTo(2);
        assertThat(result.get("filesRejected").asLong()).isEqualTo(5);
        assertThat(result.get("exchangesAppended").asLong()).isEqualTo(3);
        assertThat(lake.table("reject")
                        .select(RejectTable.SOURCE_OBJECT, RejectTable.REASON, RejectTable.DETAIL)
                        .collectAsList())
                .extracting(row -> row.getString(0) + " " + row.getString(1) + " " + row.getString(2))
                .anySatisfy(text -> assertThat(text)
                        .isEqualTo("typed.parquet wrong_schema In the landing schema, column captured_at must be"
                                + " timestamp but is BINARY (STRING)"))
                .anySatisfy(text -> assertThat(text).endsWith("column method is missing"))
                .anySatisfy(text -> assertThat(text).endsWith("column colour is unknown"))
                .anySatisfy(text -> assertThat(text).startsWith("half.parquet unreadable_parquet"))
                .anySatisfy(text -> assertThat(text).startsWith("notes.txt not_parquet"))
                .hasSize(5);

        assertThat(lake.ingest(ExitCode.DONE).at("/result/filesRejected").asLong())
                .isZero();
        Files.write(half, good);
        JsonNode completed = lake.ingest(ExitCode.DONE).get("result");
        assertThat(completed.get("filesAccepted").asLong()).isEqualTo(1);
        assertThat(completed.get("duplicates").asLong()).isEqualTo(2);
    }

    @Test
    void rejectsAFileThatIsDamagedBehindItsFooterAndTakesTheOthers() throws IOException {
        lake.land("good.parquet", LandedExchange.exchanges(0, 3));
        lake.land("damaged.parquet", LandedExchange.exchanges(3, 40));
        lake.land("fine.parquet", LandedExchange.exchanges(40, 42));
        Path damaged = lake.tenant().resolve("landing/damaged.parquet");
        byte[] sound = Files.readAllBytes(damaged);
        damage(damaged, ExchangeTable.PATH);

        JsonNode result = lake.ingest(ExitCode.DONE_IN_PART).get("result");
        assertThat(result.get("batches").asLong()).isEqualTo(1);
        assertThat(result.get("filesAccepted").asLong()).isEqualTo(2);
        assertThat(result.get("filesRejected").asLong()).isEqualTo(1);
        assertThat(result.get("exchangesAppended").asLong()).isEqualTo(5);
        Row reject = lake.table("reject").first();
        assertThat(reject.<String>getAs(RejectTable.SOURCE_OBJECT)).isEqualTo("damaged.parquet");
        assertThat(reject.<String>getAs(RejectTable.REASON)).isEqualTo("damaged_parquet");
        assertThat(reject.<String>getAs(RejectTable.DETAIL))
                .startsWith("The file is damaged behind a sound footer, in column path;");

        assertThat(lake.ingest(ExitCode.DONE).at("/result/batches").asLong()).isZero();
        Files.write(damaged, sound);
        JsonNode repaired = lake.ingest(ExitCode.DONE).get("result");
        assertThat(repaired.get("exchangesAppended").asLong()).isEqualTo(37);
        assertThat(lake.table("reject").count()).isEqualTo(1);
    }

    @Test
    void goesOnWhenEveryFileOfABatchIsDamaged() throws IOException {
        for (String name : List.of("a.parquet", "b.parquet")) {
            lake.land(name, LandedExchange.exchanges(0, 9));
            damage(lake.tenant().resolve("landing/" + name), ExchangeTable.METHOD);
        }
        lake.land("c.parquet", LandedExchange.exchanges(9, 12));
        JsonNode result =
                lake.ingest(ExitCode.DONE_IN_PART, "--batch-bytes", "1").get("result");
        assertThat(result.get("batches").asLong()).isEqualTo(3);
        assertThat(result.get("filesRejected").asLong()).isEqualTo(2);
        assertThat(result.get("exchangesAppended").asLong()).isEqualTo(3);
        assertThat(lake.table("reject").count()).isEqualTo(2);
    }

    /** Flips a byte in the middle of the only chunk of {@code column}. */
    private static void damage(Path file, String column) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (ParquetFileReader reader = ParquetFileReader.open(
                new LocalInputFile(file), ParquetReadOptions.builder().build())) {
            ColumnChunkMetaData chunk = reader.getRowGroups().get(0).getColumns().stream()
                    .filter(found -> found.getPath().toDotString().equals(column))
                    .findFirst()
                    .orElseThrow();
            bytes[(int) (chunk.getStartingPos() + chunk.getTotalSize() - 3)] ^= 0x55;
        }
        Files.write(file, bytes);
    }
}
