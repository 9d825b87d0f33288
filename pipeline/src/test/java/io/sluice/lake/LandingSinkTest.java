package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.SparkExtension;
import io.sluice.schemas.ExchangeTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class LandingSinkTest {
    private static final StructType SCHEMA = ExchangeTable.landingSchema();

    private final SparkSession spark;
    private final FileSystem storage;

    @TempDir
    private Path folder;

    LandingSinkTest(SparkSession spark) throws IOException {
        this.spark = spark;
        this.storage = FileSystem.getLocal(spark.sessionState().newHadoopConf());
    }

    @Test
    void writesWhatSparkReadsWithTheVerySchema() throws IOException {
        LandingSink sink = sink("x");
        sink.write(row("POST", new byte[] {0, -1}));
        sink.write(row("GET", null));
        sink.close();

        Dataset<Row> read = spark.read().parquet(folder.toString());
        assertThat(read.schema().asNullable()).isEqualTo(SCHEMA.asNullable());
        assertThat(spark.read().schema(SCHEMA).parquet(folder.toString()).count())
                .isEqualTo(2);
        Row post = read.where("method = 'POST'").first();
        assertThat((byte[]) post.getAs(ExchangeTable.REQUEST_BODY)).containsExactly(0, -1);
        assertThat(post.<Instant>getAs(ExchangeTable.CAPTURED_AT))
                .isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));
        assertThat(post.<Row>getList(post.fieldIndex(ExchangeTable.REQUEST_HEADERS)))
                .extracting(field -> RowFactory.create(field.get(0), field.get(1)))
                .containsExactly(RowFactory.create("A", "1"), RowFactory.create("a", ""));
        assertThat(post.<Row>getList(post.fieldIndex(ExchangeTable.RESPONSE_HEADERS)))
                .isEmpty();
        assertThat(post.<String>getList(post.fieldIndex(ExchangeTable.FLAGS))).containsExactly("odd");
        assertThat(post.isNullAt(post.fieldIndex(ExchangeTable.CAPTURED_DATE))).isTrue();
        assertThat(post.<Integer>getAs(ExchangeTable.STATUS)).isEqualTo(200);
        assertThat(post.<Long>getAs(ExchangeTable.SOURCE_POSITION)).isEqualTo(7);
    }

    @Test
    void leavesNothingOfWhatItAbandons() throws IOException {
        LandingSink sink = sink("x");
        sink.write(row("GET", null));
        sink.abandon();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void showsAFileOnlyWhenItIsComplete() throws IOException {
        LandingSink sink = sink("x");
        sink.write(row("GET", null));
        assertThat(visible()).isEmpty();
        sink.close();
        assertThat(visible()).containsExactly("x-00000.parquet");
        assertThat(sink.files()).isEqualTo(1);
        assertThat(sink.rows()).isEqualTo(1);
    }

    @Test
    void startsANewFileWhenOneIsLarge() throws IOException {
        LandingSink sink = sink("x");
        byte[] noise = new byte[1 << 20];
        new java.util.Random(1).nextBytes(noise);
        for (int i = 0; i < 140; i++) {
            sink.write(row("POST", noise));
        }
        sink.close();
        assertThat(visible()).containsExactly("x-00000.parquet", "x-00001.parquet");
        assertThat(spark.read().parquet(folder.toString()).count()).isEqualTo(140);
    }

    @Test
    void writesTheSameFileWhenTheSameRowsAreTriedAgain() throws IOException {
        for (String attempt : List.of("1", "2")) {
            LandingSink sink = new LandingSink(storage, hadoop(), "x", attempt);
            sink.write(row("GET", null));
            sink.close();
        }
        assertThat(visible()).containsExactly("x-00000.parquet");
        assertThat(spark.read().parquet(folder.toString()).count()).isEqualTo(1);
    }

    @Test
    void refusesARowWithoutARequiredValue() throws IOException {
        @Nullable Object[] row = row("GET", null);
        row[SCHEMA.fieldIndex(ExchangeTable.METHOD)] = null;
        LandingSink sink = sink("x");
        assertThatThrownBy(() -> sink.write(row)).hasMessageContaining(ExchangeTable.METHOD);
        assertThat(visible()).isEmpty();
    }

    private LandingSink sink(String name) {
        return new LandingSink(storage, hadoop(), name, "1");
    }

    private org.apache.hadoop.fs.Path hadoop() {
        return new org.apache.hadoop.fs.Path(folder.toUri());
    }

    private List<String> visible() throws IOException {
        try (Stream<Path> files = java.nio.file.Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("_") && !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static @Nullable Object[] row(String method, byte @Nullable [] body) {
        @Nullable Object[] row = new @Nullable Object[SCHEMA.length()];
        set(row, ExchangeTable.CAPTURED_AT, 1_767_323_045_678_901L);
        set(row, ExchangeTable.SERVICE, "shop");
        set(row, ExchangeTable.DIRECTION, "IN");
        set(row, ExchangeTable.PROTOCOL, "http");
        set(row, ExchangeTable.METHOD, method);
        set(row, ExchangeTable.PATH, "/a\nb");
        set(row, ExchangeTable.REQUEST_HEADERS, List.of(new Object[] {"A", "1"}, new Object[] {"a", ""}));
        set(row, ExchangeTable.REQUEST_BODY, body);
        set(row, ExchangeTable.STATUS, 200);
        set(row, ExchangeTable.RESPONSE_HEADERS, List.of());
        set(row, ExchangeTable.SOURCE_FORMAT, "har");
        set(row, ExchangeTable.SOURCE_OBJECT, "a.har");
        set(row, ExchangeTable.SOURCE_POSITION, 7L);
        set(row, ExchangeTable.FLAGS, List.of("odd"));
        return row;
    }

    private static void set(@Nullable Object[] row, String column, @Nullable Object value) {
        row[SCHEMA.fieldIndex(column)] = value;
    }
}
