package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.SparkExtension;
import io.sluice.lineage.LineageEdge;
import io.sluice.lineage.LineageEdge.Access;
import io.sluice.lineage.Run;
import io.sluice.schemas.Sensitivity;
import io.sluice.schemas.TableSpec;
import io.sluice.tenant.SluiceException;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class TenantTablesTest {
    private static final TableSpec VISIT = TableSpec.table("visit", "One visit.")
            .required("visit_id", DataTypes.StringType, Sensitivity.NONE, "Id of the visit")
            .required("visited_at", DataTypes.TimestampType, Sensitivity.NONE, "When")
            .optional("visitor", DataTypes.StringType, Sensitivity.PERSONAL, "Who")
            .required(
                    "pages",
                    new ArrayType(new StructType().add("url", DataTypes.StringType, false), false),
                    Sensitivity.PERSONAL,
                    "Pages seen")
            .required("run_id", DataTypes.StringType, Sensitivity.NONE, "Run")
            .subjects("visitor")
            .clusteredBy("visit_id")
            .property("delta.enableChangeDataFeed", "true")
            .build();
    private static final TableSpec SEEN = TableSpec.table("seen", "A visit that was seen.")
            .required("visit_id", DataTypes.StringType, Sensitivity.NONE, "Id of the visit")
            .build();
    private static final TableSpec OTHER = TableSpec.table("other", "Not declared by the job.")
            .required("id", DataTypes.LongType, Sensitivity.NONE, "Id")
            .build();

    /** Of which a delete leaves the deleted rows where they were. */
    static final TableSpec PLACE = TableSpec.table("place", "A place.")
            .required("place_id", DataTypes.StringType, Sensitivity.NONE, "Id of the place")
            .clusteredBy("place_id")
            .property("delta.enableDeletionVectors", "true")
            .build();

    private final SparkSession spark;

    @TempDir
    private Path lake;

    TenantTablesTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void readsNothingWithTheDeclaredColumnsBeforeTheFirstWrite() {
        TenantTables tables = open("r1");

        assertThat(tables.exists(VISIT)).isFalse();
        assertThat(tables.version(VISIT)).isEqualTo(-1);
        assertThat(tables.read(VISIT).columns())
                .containsExactly("visit_id", "visited_at", "visitor", "pages", "run_id");
        assertThat(tables.read(VISIT).count()).isZero();
        assertThat(lake.resolve("acme/tables")).doesNotExist();
    }

    @Test
    void appendsOncePerRunIdHoweverOftenTheRunIsTried() {
        assertThat(open("r1").append(VISIT, visits("a", "b")).rows()).isEqualTo(2);
        assertThat(open("r1").append(VISIT, visits("a", "b")).rows()).isZero();
        TenantTables third = open("r2");
        third.append(VISIT, visits("c"));

        assertThat(ids(third)).containsExactly("a/r1", "b/r1", "c/r2");
    }

    @Test
    void appendsWhatIsTrueOfATryWithEach() {
        open("r1").appendOfTry(VISIT, visits("a"));
        TenantTables second = open("r1");
        second.appendOfTry(VISIT, visits("b"));

        assertThat(ids(second)).containsExactly("a/r1", "b/r1");
    }

    @Test
    void appendsABatchExactlyOnceAcrossRuns() {
        open("r1").append(VISIT, visits("a"), new Batch("ingest", 1));
        TenantTables second = open("r2");
        assertThat(second.committed(VISIT, "ingest")).isEqualTo(1);
        second.append(VISIT, visits("a"), new Batch("ingest", 1));
        second.append(VISIT, visits(), new Batch("ingest", 2));

        assertThat(ids(second)).containsExactly("a/r1");
        assertThat(second.committed(VISIT, "ingest")).isEqualTo(2);
        assertThat(second.committed(VISIT, "another")).isZero();
    }

    @Test
    void finishesABatchThatACrashLeftBetweenTwoTables() {
        open("r1").append(VISIT, visits("a"), new Batch("ingest", 1)); // and the run died before the second table
        TenantTables second = open("r2");
        second.append(VISIT, visits("a"), new Batch("ingest", 1));
        second.append(SEEN, visits("a"), new Batch("ingest", 1));

        assertThat(ids(second)).containsExactly("a/r1");
        assertThat(second.read(SEEN).collectAsList()).containsExactly(RowFactory.create("a"));
    }

    @Test
    void readsThePinnedVersionWhileOthersWrite() {
        open("r1").append(VISIT, visits("a"));
        TenantTables reader = open("r2");
        Dataset<Row> before = reader.read(VISIT);
        open("r3").append(VISIT, visits("b"));

        assertThat(before.count()).isEqualTo(1);
        assertThat(reader.read(VISIT).count()).isEqualTo(1);
        reader.replace(VISIT, visits("c"));
        assertThat(ids(reader)).containsExactly("c/r2");
        assertThat(reader.edges())
                .containsExactly(
                        LineageEdge.table(Access.READ, "visit", 1),
                        LineageEdge.table(Access.WRITE, "visit", 3),
                        LineageEdge.table(Access.READ, "visit", 3));
    }

    @Test
    void putsRunAndReadVersionsIntoTheCommit() {
        open("r1").append(VISIT, visits("a"));
        TenantTables second = open("r2");
        long read = second.version(VISIT);
        second.read(VISIT);
        Written written = second.replace(VISIT, visits("b"));

        TableLog log = new TableLog(spark, new org.apache.hadoop.fs.Path(lake + "/acme/tables/visit"));
        assertThat(log.commit(written.version()).path("userMetadata").asText())
                .isEqualTo("{\"run\":\"r2\",\"job\":\"count\",\"release\":\"0\",\"reads\":{\"visit\":" + read + "}}");
        assertThat(log.commit(0).path("userMetadata").asText()).contains("\"run\":\"r1\"");
    }

    @Test
    void refusesAnUndeclaredTableByName() {
        assertThatThrownBy(() -> open("r1").read(OTHER))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("may not read table other");
        assertThatThrownBy(() -> open("r1").append(OTHER, spark.range(1).toDF()))
                .isInstanceOf(SluiceException.class)
                .hasMessageContaining("may not write table other");
    }

    @Test
    void refusesRowsThatLackAColumn() {
        assertThatThrownBy(() -> open("r1").append(VISIT, visits("a").drop("pages")))
                .hasMessage("rows for table visit lack [pages]");
    }

    @Test
    void createsATableOverWhatARunLeftThatEndedAheadOfTheFirstCommit() throws Exception {
        Path log = Files.createDirectories(lake.resolve("acme/tables/visit/_delta_log"));
        Files.createFile(log.resolve(".00000000000000000000.json.3a1f.tmp"));

        TenantTables tables = open("r1");
        tables.append(VISIT, visits("a"));

        assertThat(ids(tables)).containsExactly("a/r1");
        try (Stream<Path> left = Files.list(lake.resolve("acme/tables"))) {
            assertThat(left).containsExactly(lake.resolve("acme/tables/visit"));
        }
    }

    @Test
    void keepsNotNullCommentsSensitivityAndClustering() {
        TenantTables tables = open("r1");
        tables.append(VISIT, visits("a"));

        StructType stored =
                spark.read().format("delta").load(lake + "/acme/tables/visit").schema();
        assertThat(stored.apply("visitor").getComment().get()).isEqualTo("Who");
        assertThat(stored.apply("visitor").metadata().getString(TableSpec.SENSITIVITY))
                .isEqualTo("PERSONAL");
        assertThatThrownBy(() -> tables.append(VISIT, visits("b").withColumn("visit_id", nullText())))
                .hasStackTraceContaining("NOT NULL");
    }

    @Test
    void readersPassOverPagesByTime() throws Exception {
        open("r1").append(VISIT, visits("a", "b"));

        Path file;
        try (Stream<Path> files = Files.list(lake.resolve("acme/tables/visit"))) {
            file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findAny()
                    .orElseThrow();
        }
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            ColumnChunkMetaData visitedAt =
                    reader.getRowGroups().get(0).getColumns().get(1);
            assertThat(visitedAt.getPath().toDotString()).isEqualTo("visited_at");
            assertThat(visitedAt.getStatistics().hasNonNullValue()).isTrue();
            assertThat(reader.readColumnIndex(visitedAt)).isNotNull();
        }
    }

    @Test
    void keepsSensitiveValuesOutOfTheLog() throws Exception {
        open("r1").append(VISIT, visits("visible-id"));

        StringBuilder log = new StringBuilder();
        try (var files = Files.list(lake.resolve("acme/tables/visit/_delta_log"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                log.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(log).contains("visible-id").doesNotContain("secret visitor").doesNotContain("/secret/page");
    }

    private static org.apache.spark.sql.Column nullText() {
        return org.apache.spark.sql.functions.lit(null).cast(DataTypes.StringType);
    }

    @Test
    void purgesDeletedRowsOutOfEveryFileHoweverOften() {
        TenantTables tables = open("r1");
        tables.append(PLACE, places("a", "b", "c", "d"));
        for (String gone : List.of("a", "b", "c")) {
            assertThat(tables.erase(PLACE, Set.of(gone), "place_id").rows()).isEqualTo(1);
            assertThat(everStored(tables)).as("a deletion vector hides it").contains(gone);
            tables.purge(PLACE);
            assertThat(everStored(tables)).doesNotContain(gone);
        }
        tables.append(PLACE, places("e"));

        assertThat(everStored(tables)).containsExactly("d", "e");
        assertThat(spark.sql("DESCRIBE DETAIL delta.`" + lake.resolve("acme/tables/place") + "`")
                        .select("clusteringColumns")
                        .first()
                        .getList(0))
                .isEqualTo(List.of("place_id"));
        assertThat(tables.oldestVersion(PLACE)).isPositive();
    }

    @Test
    void erasesMoreRowsThanTheLogHasRoomForTheirKeys() {
        TenantTables tables = open("r1");
        Set<String> keys = new TreeSet<>();
        for (int i = 0; i < 1_001; i++) {
            keys.add("place " + i);
        }
        tables.append(PLACE, places(keys.toArray(String[]::new)).union(places("kept")));

        assertThat(tables.erase(PLACE, keys, "place_id").rows()).isEqualTo(1_001);
        assertThat(tables.read(PLACE).as(Encoders.STRING()).collectAsList()).containsExactly("kept");
    }

    @Test
    void aPurgeGivesATableOfAnEarlierReleaseTheKeysOfThisOne() {
        TenantTables tables = open("r1");
        tables.append(VISIT, visits("a"));
        String table = "delta.`" + lake.resolve("acme/tables/visit") + "`";
        spark.sql("ALTER TABLE " + table + " CLUSTER BY NONE");
        spark.sql("ALTER TABLE " + table + " SET TBLPROPERTIES ('delta.dataSkippingStatsColumns' = 'visited_at')");
        spark.sql("ALTER TABLE " + table + " CLUSTER BY (visited_at)");

        open("r2").purge(VISIT);

        Row detail = spark.sql("DESCRIBE DETAIL " + table)
                .select("clusteringColumns", "properties")
                .first();
        assertThat(detail.getList(0)).isEqualTo(List.of("visit_id"));
        assertThat(detail.getJavaMap(1)).containsEntry("delta.dataSkippingStatsColumns", "visit_id,visited_at");
        assertThat(ids(open("r2"))).containsExactly("a/r1");
    }

    private static List<String> everStored(TenantTables tables) {
        return tables.readEver(PLACE).as(Encoders.STRING()).collectAsList().stream()
                .sorted()
                .toList();
    }

    private Dataset<Row> places(String... ids) {
        return spark.createDataset(List.of(ids), Encoders.STRING())
                .toDF("place_id")
                .coalesce(1);
    }

    private TenantTables open(String runId) {
        Run run = new Run(runId, "count", "0", Instant.parse("2026-11-23T09:00:00Z"));
        TenantSettings settings = TenantSettings.below(lake.toUri().toString(), new TenantName("acme"));
        return TenantTables.open(
                spark, settings, run, new TenantTables.Declared(List.of(), List.of(VISIT, SEEN, PLACE)));
    }

    private Dataset<Row> visits(String... ids) {
        List<Row> rows = List.of(ids).stream()
                .map(id -> RowFactory.create(
                        id,
                        Instant.parse("2026-11-23T08:00:00Z"),
                        "secret visitor",
                        new Row[] {RowFactory.create("/secret/page")},
                        ""))
                .toList();
        return spark.createDataFrame(rows, VISIT.schema()).drop("run_id");
    }

    private static List<String> ids(TenantTables tables) {
        return tables.read(VISIT).orderBy("visit_id").collectAsList().stream()
                .map(row -> row.getAs("visit_id") + "/" + row.getAs("run_id"))
                .toList();
    }
}
