package io.sluice.scrub.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Delta table whose files were rewritten in place, as Spark reads it. */
@ExtendWith(SparkExtension.class)
class RewrittenTableTest {
    private static final int ROWS = 25_000;
    private static final String SUBJECT = "ada@example.org";
    private static final String VECTORIZED = "spark.sql.parquet.enableVectorizedReader";
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
    void readsAsBeforeButForTheSubject(String codec) throws IOException {
        String table = "delta.`" + folder + "`";
        write(table, codec);
        List<Row> others = others(table);
        int rewritten = 0;
        for (Path file : dataFiles()) {
            rewritten += rewrite(file);
        }
        assertThat(rewritten).isEqualTo(2);

        for (String vectorized : List.of("true", "false")) {
            spark.conf().set(VECTORIZED, vectorized);
            try {
                assertThat(spark.table(table).count()).isEqualTo(ROWS);
                assertThat(others(table)).isEqualTo(others);
                assertThat(subject(table).distinct().as(Encoders.STRING()).collectAsList())
                        .containsExactly("{null, , [{From, null}, {Accept, null}], null, null, null, null, 0}");
                assertThat(spark.table(table)
                                .where("exchange_id = 'exchange-00005'")
                                .count())
                        .isEqualTo(1);
                assertThat(spark.table(table)
                                .where("client_address = '" + SUBJECT + "'")
                                .count())
                        .isZero();
                assertThat(spark.table(table)
                                .where("client_address is null and status = 0")
                                .count())
                        .isEqualTo(subject(table).count());
            } finally {
                spark.conf().unset(VECTORIZED);
            }
        }
    }

    private void write(String table, String codec) {
        spark.conf().set("spark.sql.parquet.compression.codec", codec);
        try {
            spark.sql("CREATE TABLE " + table + " (exchange_id STRING NOT NULL, captured_at TIMESTAMP,"
                    + " path STRING NOT NULL, request_headers ARRAY<STRUCT<name: STRING, value: STRING>>,"
                    + " request_body BINARY, client_address STRING, amount DECIMAL(20, 4),"
                    + " notes MAP<STRING, STRING>, status INT) USING delta"
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
                            "cast(200 + id % 3 as int) status")
                    .write()
                    .format("delta")
                    .mode("append")
                    .save(folder.toString());
        } finally {
            spark.conf().unset("spark.sql.parquet.compression.codec");
        }
    }

    private List<Row> others(String table) {
        return spark.table(table)
                .where("substr(exchange_id, 10) % 997 <> 5")
                .orderBy("exchange_id")
                .selectExpr("exchange_id", "cast(struct(*) as string) as all")
                .collectAsList();
    }

    private Dataset<Row> subject(String table) {
        return spark.table(table)
                .where("substr(exchange_id, 10) % 997 = 5")
                .drop("exchange_id")
                .selectExpr("cast(struct(*) as string)");
    }

    private List<Path> dataFiles() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    private static int rewrite(Path file) throws IOException {
        LocalInputFile old = new LocalInputFile(file);
        RowPositions rows = new RowSearch("exchange_id").find(old, RewrittenTableTest::isOfSubject);
        if (rows.count() == 0) {
            return 0;
        }
        Path fresh = file.resolveSibling("_fresh");
        Outcome outcome = new InPlaceRewrite(PLAN).of(old, rows);
        assertThat(outcome).isInstanceOf(Outcome.Fits.class);
        ((Outcome.Fits) outcome).file().writeTo(new LocalOutputFile(fresh));
        assertThat(new RewriteCheck(PLAN).problems(old, new LocalInputFile(fresh), rows))
                .isEmpty();
        assertThat(holdsSubject(file)).isTrue();
        Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(holdsSubject(file)).isFalse();
        return 1;
    }

    private static boolean isOfSubject(byte[] exchangeId) {
        String id = new String(exchangeId, StandardCharsets.UTF_8);
        return Integer.parseInt(id.substring("exchange-".length())) % 997 == 5;
    }

    private static boolean holdsSubject(Path file) throws IOException {
        return Contents.hold(
                new MemoryFile(Files.readAllBytes(file)), List.of(SUBJECT.getBytes(StandardCharsets.US_ASCII)));
    }
}
