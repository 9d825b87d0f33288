package io.sluice.scrub.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Delta table whose files were rewritten in place, as several engines read it. */
@ExtendWith(SparkExtension.class)
class RewrittenTableTest {
    private static final int ROWS = 25_000;
    private static final String SUBJECT = "ada@example.org";
    private static final int SUBJECT_ROWS = (ROWS - 5) / 997 + 1;
    private static final Pattern ID = Pattern.compile("exchange-(\\d{5})");
    private static final Plan PLAN = Plan.of(
            ColumnAction.blank("captured_at"),
            ColumnAction.setTo("path", ""), // NOT NULL in the table, and yet optional in its files
            ColumnAction.blank("request_headers", "list", "element", "value"),
            ColumnAction.blank("request_body"),
            ColumnAction.blank("client_address"),
            ColumnAction.blank("amount"),
            ColumnAction.blank("notes"),
            ColumnAction.setTo("status", 0));

    private final SparkSession spark;

    @TempDir
    private Path folder;

    RewrittenTableTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd"})
    void readsAsBeforeButForTheSubject(String codec) throws IOException, SQLException {
        write(codec);
        Map<String, List<String>> before;
        Map<String, List<String>> after;
        try (TableReaders readers = new TableReaders(spark, folder)) {
            before = readers.rows();
            assertThat(rewriteAll(PLAN)).isEqualTo(2);
            after = readers.rows();
        }

        assertOthersAre(before, after);
        after.forEach((reader, rows) -> assertThat(rows).as(reader).noneMatch(row -> row.contains(SUBJECT)));
        assertThat(after.getOrDefault("Spark, by columns", List.of()).stream()
                        .filter(RewrittenTableTest::isOfSubject)
                        .map(row -> row.substring(row.indexOf(',') + 2, row.lastIndexOf(','))))
                .hasSize(SUBJECT_ROWS)
                .containsOnly("null, , [{From, null}, {Accept, null}], null, null, null, null, 0");
        assertThat(after).isEqualTo(rowsForNewReaders());
        assertThat(table().where("exchange_id = 'exchange-00005'").count()).isEqualTo(1);
        assertThat(table().where("client_address = '" + SUBJECT + "'").count()).isZero();
        assertThat(table().where("client_address is null and status = 0").count())
                .isEqualTo(SUBJECT_ROWS);
        for (Path file : TableReaders.dataFiles(folder)) {
            assertThat(Contents.hold(new MemoryFile(Files.readAllBytes(file)), List.of(bytes(SUBJECT))))
                    .isFalse();
        }
    }

    @Test
    void readsAsBeforeWhereChunksHadToBePackedTighter() throws IOException, SQLException {
        write("snappy");
        try (TableReaders readers = new TableReaders(spark, folder)) {
            Map<String, List<String>> before = readers.rows();
            assertThat(rewriteAll(Plan.of(ColumnAction.setTo("mark", "")))).isEqualTo(2);

            assertOthersAre(before, readers.rows());
        }
        for (Path file : TableReaders.dataFiles(folder)) {
            assertThat(codecs(file)).contains("mark ZSTD", "path SNAPPY");
        }
    }

    private void assertOthersAre(Map<String, List<String>> before, Map<String, List<String>> after) {
        assertThat(after).hasSameSizeAs(before);
        after.forEach((reader, rows) -> {
            assertThat(rows).as(reader).hasSize(ROWS);
            assertThat(others(rows)).as(reader).isEqualTo(others(before.getOrDefault(reader, List.of())));
        });
    }

    private Map<String, List<String>> rowsForNewReaders() throws IOException, SQLException {
        try (TableReaders readers = new TableReaders(spark, folder)) {
            return readers.rows();
        }
    }

    private Dataset<Row> table() {
        return spark.read().format("delta").load(folder.toString());
    }

    private void write(String codec) {
        String table = "delta.`" + folder + "`";
        spark.conf().set("spark.sql.parquet.compression.codec", codec);
        try {
            spark.sql("CREATE TABLE " + table + " (exchange_id STRING NOT NULL, captured_at TIMESTAMP,"
                    + " path STRING NOT NULL, request_headers ARRAY<STRUCT<name: STRING, value: STRING>>,"
                    + " request_body BINARY, client_address STRING, amount DECIMAL(20, 4),"
                    + " notes MAP<STRING, STRING>, status INT, mark STRING) USING delta"
                    + " TBLPROPERTIES ('delta.dataSkippingStatsColumns' = 'exchange_id')");
            spark.range(0, ROWS, 1, 2)
                    .selectExpr(
                            "id", "if(id % 997 = 5, '" + SUBJECT + "', concat('user', id % 50, '@example.org')) who")
                    .selectExpr(
                            "concat('exchange-', lpad(id, 5, '0')) exchange_id",
                            "timestamp_micros(1700000000000000 + id * 1000000 + pmod(hash(id), 1000000)) captured_at",
                            "concat('/users/', who) path",
                            "array(named_struct('name', 'From', 'value', who),"
                                    + " named_struct('name', 'Accept', 'value', 'text/html')) request_headers",
                            "if(id % 3 = 0, null, cast(concat(id, repeat(concat(' from ', who), 9)) as binary))"
                                    + " request_body",
                            "who client_address",
                            "cast(id as decimal(20, 4)) amount",
                            "map('by', who) notes",
                            "cast(200 + id % 3 as int) status",
                            // of a number of values that fills the places of their dictionary
                            "sha2(cast(pmod(hash(id), 64) as string), 256) mark")
                    .write()
                    .format("delta")
                    .mode("append")
                    .save(folder.toString());
        } finally {
            spark.conf().unset("spark.sql.parquet.compression.codec");
        }
    }

    private static List<String> others(List<String> rows) {
        return rows.stream().filter(row -> !isOfSubject(row)).toList();
    }

    private static boolean isOfSubject(String row) {
        Matcher id = ID.matcher(row);
        assertThat(id.find()).as("a row without an id").isTrue();
        return Integer.parseInt(id.group(1)) % 997 == 5;
    }

    /** How many files are others now. */
    private int rewriteAll(Plan plan) throws IOException {
        int rewritten = 0;
        for (Path file : TableReaders.dataFiles(folder)) {
            LocalInputFile old = new LocalInputFile(file);
            RowPositions rows =
                    new RowSearch("exchange_id").find(old, id -> isOfSubject(new String(id, StandardCharsets.UTF_8)));
            Path fresh = file.resolveSibling("_fresh");
            Outcome outcome = new InPlaceRewrite(plan).of(old, rows);
            assertThat(outcome).isInstanceOf(Outcome.Fits.class);
            ((Outcome.Fits) outcome).file().writeTo(new LocalOutputFile(fresh));
            assertThat(new RewriteCheck(plan).problems(old, new LocalInputFile(fresh), rows))
                    .isEmpty();
            Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            rewritten++;
        }
        return rewritten;
    }

    private static List<String> codecs(Path file) throws IOException {
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            return reader.getFooter().getBlocks().stream()
                    .flatMap(group -> group.getColumns().stream())
                    .map(chunk -> chunk.getPath().toDotString() + " " + chunk.getCodec())
                    .toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
