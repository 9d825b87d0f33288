package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.jobs.demo.Crowd;
import io.sluice.jobs.demo.HarFile;
import io.sluice.jobs.demo.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayJobTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void measuresScenariosBesideTheCaptureWordForWord() throws Exception {
        exported();
        Path capture = folder.resolve("traffic.har");
        try (HarFile har = HarFile.create(capture);
                Site site = Site.recorded(1, har)) {
            new Crowd(10, 10, Duration.ofMillis(1), Duration.ofSeconds(60), 1).visit(site.shop());
        }
        try (Site one = Site.start(2);
                Site another = Site.start(3)) {
            int code = run(
                    "replay",
                    "--scenarios",
                    folder.toString(),
                    "--target",
                    one.shop().toString(),
                    "--sessions",
                    "3",
                    "--capture",
                    capture.toString(),
                    "--capture-target",
                    another.shop().toString());
            assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.DONE);
        }
        JsonNode result = printed().path("result");
        assertThat(result.at("/generated/steps").asInt()).isEqualTo(27);
        assertThat(result.at("/generated/share").asDouble()).isEqualTo(1);
        assertThat(result.at("/verbatim/share").asDouble()).isBetween(0.1, 0.8);

        out.reset();
        run("sql", "--format", "csv", "SELECT metric, better, value, baseline_name, sample_count FROM fidelity");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("replay_expected_status_share,higher,1.0,verbatim,27");
    }

    @Test
    void saysEverythingThatIsWrongWithTheOptions() {
        int code = run(
                "replay",
                "--scenarios",
                folder.resolve("nowhere").toString(),
                "--target",
                "ftp://shop.example",
                "--sessions",
                "0",
                "--capture",
                folder.resolve("nothing.har").toString());

        assertThat(code).isEqualTo(ExitCode.SETTINGS);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--scenarios must be a folder")
                .contains("--target must be an http or https URL")
                .contains("--sessions takes 1 to")
                .contains("--capture and --capture-target go together")
                .contains("--capture must be a file");
        assertThat(out.size()).isZero();
    }

    @Test
    void refusesAFolderWithoutScenariosAndADocumentThatIsNone() throws IOException {
        assertThat(run("replay", "--scenarios", folder.toString(), "--target", "http://127.0.0.1:9"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Run export --format scenario first");

        Files.writeString(folder.resolve("x.scenario.json"), "{\"id\":\"secret-4711\"}");
        assertThat(run("replay", "--scenarios", folder.toString(), "--target", "http://127.0.0.1:9"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("x.scenario.json")
                .doesNotContain("secret-4711");
    }

    private void exported() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ReplayJobTest.class.getResourceAsStream("demo/buyer.scenario.json"))) {
            Files.write(folder.resolve("buyer.scenario.json"), in.readAllBytes());
        }
    }

    private int run(String command, String... options) {
        List<String> line = new ArrayList<>(List.of(command, "--tenant", "shop"));
        line.addAll(List.of("--lake", folder.resolve("lake").toString()));
        line.addAll(List.of(options));
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return JobsMain.run(console, line.toArray(String[]::new));
    }

    private JsonNode printed() throws IOException {
        return new JsonMapper().readTree(out.toByteArray());
    }
}
