package io.sluice.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.jobs.Console;
import io.sluice.jobs.ExitCode;
import io.sluice.jobs.JobsMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole story in one command: what was learned from the bookshop works in another bookshop. */
@Tag("long")
class DemoIT {
    @Test
    void whatWasLearnedInOneBookshopWorksInAnother(@TempDir Path home) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));

        int exitCode = JobsMain.run(console, "demo", "--home", home.toString(), "--seed", "7");

        String told = err.toString(StandardCharsets.UTF_8);
        assertThat(exitCode).as(told).isEqualTo(ExitCode.DONE);
        JsonNode document = new JsonMapper().readTree(out.toByteArray());
        JsonNode result = document.path("result");
        Figures.record("demo: steps with the expected status, generated", "> 95 %", percent(result, "generated"));
        Figures.record("demo: steps with the expected status, verbatim", "for comparison", percent(result, "verbatim"));
        Figures.record("demo: seconds", "< 180", result.path("seconds").asText());

        assertThat(result.at("/generated/steps").asLong()).isGreaterThan(500);
        assertThat(result.at("/generated/share").asDouble())
                .as(document.at("/runs/replay/result/generated").toPrettyString())
                .isGreaterThan(0.95)
                .isGreaterThan(result.at("/verbatim/share").asDouble() + 0.3);
        assertThat(result.at("/forgotten/exchanges").asLong()).isPositive();
        assertThat(result.at("/forgotten/blankBefore").asLong())
                .isEqualTo(result.at("/forgotten/exchanges").asLong());
        assertThat(result.at("/forgotten/placesLeft").asLong()).isZero();
        assertThat(document.at("/runs/verify/genuine").asBoolean()).isTrue();
        assertThat(result.at("/lake/models").asLong()).isGreaterThanOrEqualTo(2);
        for (JsonNode file : result.path("files")) {
            assertThat(Path.of(URI.create(file.asText()))).exists();
        }
        assertThat(Path.of(URI.create(result.at("/files/loadTest").asText()))
                        .toFile()
                        .list())
                .contains("workload.k6.js")
                .anyMatch(name -> name.endsWith(".jmx"));
        assertThat(lastLines(told, 6))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Recorded"),
                        line -> assertThat(line).startsWith("Ingested"),
                        line -> assertThat(line).startsWith("Forgot"),
                        line -> assertThat(line).startsWith("Learned"),
                        line -> assertThat(line).startsWith("Replayed"),
                        line -> assertThat(line).startsWith("Open"));
        nobodyListens(URI.create(document.at("/runs/replay/plan/target").asText()));
    }

    private static String percent(JsonNode result, String replay) {
        return String.format(
                Locale.ROOT, "%.1f %%", 100 * result.path(replay).path("share").asDouble());
    }

    private static void nobodyListens(URI target) {
        assertThatThrownBy(() -> new Socket(target.getHost(), target.getPort()).close())
                .isInstanceOf(ConnectException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("HTTP-Dispatcher"));
    }

    private static List<String> lastLines(String text, int count) {
        List<String> lines = text.lines().toList();
        return lines.subList(lines.size() - count, lines.size());
    }
}
