package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.lake.SessionSettings;
import io.sluice.lake.TenantTables;
import io.sluice.lineage.Run;
import io.sluice.schemas.ScrubRequestTable;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditJobTest {
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    private Path lake;

    @Test
    void tellsHowEachScrubRequestStandsAndAlarmsOnWhatIsOverdue() throws IOException {
        record(state("late", "SCRUBBING", -50, -2), state("late", "PARTLY_DONE", -49, -2));
        record(state("soon", "SCRUBBING", -3, 5));
        record(state("done", "SCRUBBING", -90, -1), state("done", "DONE", -80, -1));

        JsonNode result = scrubs(ExitCode.DONE_IN_PART);

        assertThat(result.path("open").asInt()).isEqualTo(2);
        assertThat(result.path("overdue").asInt()).isEqualTo(1);
        assertThat(result.path("requests").findValuesAsText("requestId")).containsExactly("late", "soon", "done");
        assertThat(result.path("requests").findValuesAsText("state"))
                .containsExactly("PARTLY_DONE", "SCRUBBING", "DONE");
        assertThat(result.at("/requests/0/hoursLeft").asDouble()).isBetween(-2.2, -1.9);
        assertThat(result.at("/requests/2/hoursLeft").asDouble())
                .as("had been left")
                .isEqualTo(79);

        record(state("late", "DONE", 0, -2));
        assertThat(scrubs(ExitCode.DONE).path("overdue").asInt()).isZero();
    }

    private Row state(String request, String state, int hours, int dueInHours) {
        Instant due = now.plus(Duration.ofHours(dueInHours));
        return RowFactory.create(
                request,
                state,
                now.plus(Duration.ofHours(hours)),
                due.minus(Duration.ofHours(72)),
                due,
                "test",
                "",
                1L,
                "r");
    }

    private void record(Row... states) {
        for (Row state : states) {
            Run run = new Run("run-" + System.nanoTime(), "scrub", Release.VERSION, now);
            TenantTables tables = TenantTables.open(
                    SessionSettings.open("tests"),
                    TenantSettings.below(lake.toString(), new TenantName("acme")),
                    run,
                    new TenantTables.Declared(List.of(), List.of(ScrubRequestTable.SPEC)));
            tables.append(ScrubRequestTable.SPEC, tables.rows(ScrubRequestTable.SPEC, List.of(state)));
        }
    }

    private JsonNode scrubs(int exitCode) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(JobsMain.run(console, "audit", "--tenant", "acme", "--lake", lake.toString(), "scrubs"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(exitCode);
        return JsonMapper.builder().build().readTree(out.toByteArray()).path("result");
    }
}
