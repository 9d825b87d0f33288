package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.lake.SessionSettings;
import io.sluice.lake.TenantTables;
import io.sluice.lineage.Run;
import io.sluice.schemas.LandingObjectTable;
import io.sluice.schemas.LineageEdgeTable;
import io.sluice.schemas.RunTable;
import io.sluice.schemas.TableSpec;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunnerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path lake;

    /** Takes up one landing file, or fails as told. */
    private record Take(Runnable before, boolean partly) implements Job<Take.Plan, Take.Result> {
        record Plan(long versionRead) {}

        record Result(long taken) {}

        @Override
        public List<TableSpec> reads() {
            return List.of();
        }

        @Override
        public List<TableSpec> writes() {
            return List.of(LandingObjectTable.SPEC);
        }

        @Override
        public Plan plan(TenantTables tables) {
            return new Plan(tables.version(LandingObjectTable.SPEC));
        }

        @Override
        public Result execute(Plan plan, TenantTables tables) {
            before.run();
            Row row = RowFactory.create("a.parquet", 1L, NOW, 1L, "ACCEPTED", null, "");
            Dataset<Row> rows = tables.rows(LandingObjectTable.SPEC, List.of(row));
            return new Result(tables.append(LandingObjectTable.SPEC, rows).rows());
        }

        @Override
        public boolean doneInPart(Result result) {
            return partly;
        }
    }

    private static final Take WORKING = new Take(() -> {}, false);

    @Test
    void doesARunOnceAndThenRepeatsWhatItPrinted() throws IOException {
        assertThat(run(WORKING, "r1", false)).isZero();
        JsonNode first = document();
        assertThat(run(WORKING, "r1", false)).isZero();

        assertThat(document()).isEqualTo(first);
        assertThat(err()).contains("Run r1 is done already");
        assertThat(rows(LandingObjectTable.SPEC)).hasSize(1);
        assertThat(rows(RunTable.SPEC)).hasSize(1);
        assertThat(first.path("state").asText()).isEqualTo("DONE");
        assertThat(first.path("plan").path("versionRead").asLong()).isEqualTo(-1);
        assertThat(first.path("result").path("taken").asLong()).isEqualTo(1);
        assertThat(first.path("lineage").path("writes").get(0).path("object").asText())
                .isEqualTo("table:landing_object");
        assertThat(first.path("cost").path("bytesWritten").asLong()).isPositive();
        assertThat(rows(LineageEdgeTable.SPEC))
                .containsExactly(RowFactory.create("r1", "take", "WRITE", "table:landing_object", 1L, NOW));
    }

    @Test
    void writesNothingWhenItOnlyPlans() throws IOException {
        assertThat(run(WORKING, "r1", true)).isZero();

        assertThat(document().path("state").asText()).isEqualTo("PLANNED");
        assertThat(lake).isEmptyDirectory();
    }

    @Test
    void tellsThatOnlyAPartIsDone() throws IOException {
        assertThat(run(new Take(() -> {}, true), "r1", false)).isEqualTo(ExitCode.DONE_IN_PART);
        assertThat(document().path("state").asText()).isEqualTo("PARTLY_DONE");
        assertThat(run(WORKING, "r1", false)).isEqualTo(ExitCode.DONE_IN_PART);
    }

    @Test
    void showsNoMessageOfADefectAndRunsAgainUnderTheSameId() throws IOException {
        Take failing = new Take(
                () -> {
                    throw new IllegalStateException("ada@example.org", new NumberFormatException("4f9d-secret"));
                },
                false);

        assertThat(run(failing, "r1", false)).isEqualTo(ExitCode.FAILED);
        assertThat(err())
                .contains("java.lang.IllegalStateException", "caused by java.lang.NumberFormatException", "JobRunner")
                .doesNotContain("ada@example.org", "4f9d-secret");
        assertThat(document().path("state").asText()).isEqualTo("FAILED");
        assertThat(document().toString()).doesNotContain("ada@example.org", "4f9d-secret");
        assertThat(run(WORKING, "r1", false)).isZero();
        assertThat(rows(RunTable.SPEC))
                .extracting(row -> row.getAs(RunTable.STATE))
                .containsExactlyInAnyOrder("FAILED", "DONE");
    }

    @Test
    void failsWhenLineageCannotBeWritten() throws IOException {
        Files.createDirectories(lake.resolve("acme/tables"));
        Files.writeString(lake.resolve("acme/tables/lineage_edge"), "in the way");

        assertThat(run(WORKING, "r1", false)).isNotZero();
        assertThat(out()).isEmpty();
        assertThat(err()).contains("could not be recorded");
        assertThat(lake.resolve("acme/tables/run")).doesNotExist();
    }

    @Test
    void saysWhatToDoWhenTheLakeCannotBeWritten() throws IOException {
        lake = Files.writeString(lake.resolve("file"), "not a folder").resolve("lake");

        assertThat(run(WORKING, "r1", false)).isEqualTo(ExitCode.SETTINGS);
        assertThat(err()).contains("Cannot open or write the lake").contains("Check the path given with --lake");
    }

    @Test
    void saysWhatToDoWhenTheStorageIsUnknown() {
        TenantSettings nowhere = TenantSettings.below("gopher://lake", new TenantName("acme"));
        Run run = new Run("r1", "take", "0", NOW);

        assertThat(runner().run(new JobRunner.Order<>(WORKING, nowhere, run, false)))
                .isEqualTo(ExitCode.SETTINGS);
        assertThat(err()).contains("names no storage that is known here");
    }

    @Test
    void refusesTheRunIdOfAnotherJob() {
        assertThat(run(WORKING, "r1", false)).isZero();
        Run other = new Run("r1", "other", "0", NOW);

        assertThat(runner().run(new JobRunner.Order<>(WORKING, settings(), other, false)))
                .isEqualTo(ExitCode.SETTINGS);
        assertThat(err()).contains("run r1 was one of take");
    }

    private int run(Take job, String runId, boolean planOnly) {
        out.reset();
        return runner().run(new JobRunner.Order<>(job, settings(), new Run(runId, "take", "0", NOW), planOnly));
    }

    private JobRunner runner() {
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return new JobRunner(Clock.fixed(NOW, ZoneOffset.UTC), console);
    }

    private TenantSettings settings() {
        return TenantSettings.below(lake.toUri().toString(), new TenantName("acme"));
    }

    private List<Row> rows(TableSpec table) {
        return SessionSettings.open("tests")
                .read()
                .format("delta")
                .load(lake + "/acme/tables/" + table.name())
                .collectAsList();
    }

    private JsonNode document() throws IOException {
        return JsonMapper.builder().build().readTree(out());
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
