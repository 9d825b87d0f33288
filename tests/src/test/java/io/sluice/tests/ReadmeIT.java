package io.sluice.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that the README gives works: the two that take minutes in CI, the others here. */
@Tag("long")
final class ReadmeIT {
    private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\n(.*?)```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final List<String> IN_CI = List.of("./sluice demo", "./mvnw verify");
    private static final int MINUTES = 6;

    @TempDir
    Path folder;

    @Test
    void everyCommandWorksOnAFreshRecording() throws Exception {
        Files.createSymbolicLink(folder.resolve("sluice"), Checkout.root().resolve("sluice"));
        SampleHar.write(folder.resolve("my.har"), 0, 40);
        for (String commands : commands()) {
            if (!IN_CI.contains(commands)) {
                run(commands);
            }
        }
        assertThat(folder.resolve("report.html")).isNotEmptyFile();
        assertThat(folder.resolve("workload")).isNotEmptyDirectory();
        for (Path tour : tours()) {
            Outcome outcome = Outcome.of(
                    "sql",
                    "--tenant",
                    "acme",
                    "--lake",
                    folder.resolve("lake").toString(),
                    "--format",
                    "json",
                    Files.readString(tour));
            assertThat(outcome.exitCode()).as(tour + "\n" + outcome.messages()).isZero();
            assertThat(outcome.result().get("answer")).as(tour.toString()).isNotEmpty();
        }
    }

    @Test
    void theCommandsThatTakeMinutesRunInCi() throws IOException {
        String ci = Files.readString(Checkout.root().resolve(".ci/run"));
        assertThat(commands()).containsAll(IN_CI);
        assertThat(ci.lines().map(line -> line.replace("timed ", "").replace("-B --no-transfer-progress ", "")))
                .anyMatch(line -> line.startsWith(IN_CI.get(0)))
                .anyMatch(line -> line.startsWith(IN_CI.get(1)));
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> links =
                LINK.matcher(readme()).results().map(found -> found.group(1)).toList();
        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(Checkout.root().resolve(link)).exists());
    }

    private void run(String commands) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder("sh", "-ec", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as(commands + "\n" + Files.readString(log))
                .isTrue();
    }

    private static List<String> commands() throws IOException {
        return COMMANDS.matcher(readme())
                .results()
                .map(found -> found.group(1).strip())
                .toList();
    }

    private static List<Path> tours() throws IOException {
        try (Stream<Path> files = Files.list(Checkout.root().resolve("notebooks"))) {
            return files.filter(file -> file.toString().endsWith(".sql")).toList();
        }
    }

    private static String readme() throws IOException {
        return Files.readString(Checkout.root().resolve("README.md"));
    }
}
