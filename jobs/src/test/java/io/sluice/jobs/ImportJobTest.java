package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportJobTest {
    private static final String ENTRY =
            "{\"startedDateTime\": \"2026-01-02T03:04:05Z\", \"request\": {\"method\": \"GET\", \"url\": \"http://a.example/x\"},"
                    + " \"response\": {\"status\": 200}}";
    private static final String YEAR_ONE = ENTRY.replace("2026", "0001");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(folder.resolve("captures"));
        Files.writeString(folder.resolve("captures/a.har"), har(ENTRY, ENTRY));
        Files.writeString(folder.resolve("captures/README.md"), "# What this is");
    }

    @Test
    void importsTheCapturesOfAFolderAndSaysWhatItPassedOver() throws IOException {
        assertThat(run("import", folder + "/captures")).isEqualTo(ExitCode.DONE);

        JsonNode document = document();
        assertThat(document.at("/plan/files").asInt()).isEqualTo(2);
        assertThat(document.at("/plan/filesByExtension/har").asInt()).isEqualTo(1);
        assertThat(document.at("/plan").has("captures")).isFalse();
        assertThat(document.at("/result/found").asInt()).isEqualTo(2);
        assertThat(document.at("/result/imported").asInt()).isEqualTo(2);
        assertThat(document.at("/result/rejected").asInt()).isZero();
        assertThat(document.at("/result/skipped/not_a_capture").asInt()).isEqualTo(1);
        assertThat(document.at("/result/filesByFormat/har").asInt()).isEqualTo(1);
        assertThat(landing()).hasSize(1).allMatch(name -> name.endsWith(".parquet"));
    }

    @Test
    void keepsRejectsWithTheirPlaceAndIsDoneInPart() throws IOException {
        Files.writeString(folder.resolve("captures/b.har"), har(YEAR_ONE, ENTRY));
        assertThat(run("import", folder + "/captures")).isEqualTo(ExitCode.DONE_IN_PART);

        assertThat(document()
                        .at("/result/rejectedByReason/timestamp_out_of_range")
                        .asInt())
                .isEqualTo(1);
        run(
                "sql",
                "--format",
                "csv",
                "SELECT stage, reason, source_format, source_position, source_offset, right(source_object, 5) AS file,"
                        + " length(reject_id) AS id FROM reject");
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "stage,reason,source_format,source_position,source_offset,file,id",
                        "import,timestamp_out_of_range,har,0," + (har().indexOf("[") + 1) + ",b.har,64");
    }

    @Test
    void changesNothingWhenTheSameRunIsAskedForAgain() throws IOException {
        assertThat(run("import", "--run-id", "r1", folder + "/captures")).isEqualTo(ExitCode.DONE);
        List<String> before = landing();
        Files.writeString(folder.resolve("captures/b.har"), har(ENTRY));
        assertThat(run("import", "--run-id", "r1", folder + "/captures")).isEqualTo(ExitCode.DONE);
        assertThat(landing()).isEqualTo(before);
        assertThat(document().at("/result/imported").asInt()).isEqualTo(2);
    }

    @Test
    void deletesWhatAKilledTryOfTheRunLeftHalfWritten() throws IOException {
        Path left = folder.resolve("lake/acme/landing/_import-r1-0123456789abcdef-00000-5.tmp");
        Files.createDirectories(left.getParent());
        Files.writeString(left, "half");
        assertThat(run("import", "--run-id", "r1", folder + "/captures")).isEqualTo(ExitCode.DONE);
        assertThat(left).doesNotExist();
    }

    @Test
    void onlyPlansWhenAskedTo() throws IOException {
        assertThat(run("import", "--plan-only", folder + "/captures")).isEqualTo(ExitCode.DONE);
        assertThat(document().at("/plan/files").asInt()).isEqualTo(2);
        assertThat(document().path("result").isNull()).isTrue();
        assertThat(folder.resolve("lake/acme/landing")).doesNotExist();
    }

    @Test
    void readsStandardInputAndForgetsIt() throws IOException {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(har(ENTRY).getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(run("import", "--service", "shop", "-")).isEqualTo(ExitCode.DONE);
        } finally {
            System.setIn(before);
        }
        assertThat(document().at("/result/imported").asInt()).isEqualTo(1);
        assertThat(landing()).hasSize(1).noneMatch(name -> name.contains("stdin"));
    }

    @Test
    void refusesPathsAndOptionsThatCannotBeMeant() {
        assertThat(run("import", folder + "/none")).isEqualTo(ExitCode.SETTINGS);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no such file or folder");
        err.reset();
        assertThat(run("import", "--format", "pcap", "--max-exchange-mb", "0", folder + "/captures"))
                .isEqualTo(ExitCode.SETTINGS);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--format is one of auto, har, rrpair")
                .contains("--max-exchange-mb is between 1 and 512");
        assertThat(folder.resolve("lake/acme/landing")).doesNotExist();
    }

    @Test
    void rejectsAFileOfUnknownFormatThatTheUserNamed() throws IOException {
        assertThat(run("import", folder + "/captures/README.md")).isEqualTo(ExitCode.DONE_IN_PART);
        assertThat(document().at("/result/rejectedByReason/unknown_format").asInt())
                .isEqualTo(1);
    }

    private int run(String command, String... args) {
        out.reset();
        List<String> line = Stream.concat(
                        Stream.of(
                                command,
                                "--tenant",
                                "acme",
                                "--lake",
                                folder.resolve("lake").toString()),
                        Stream.of(args))
                .toList();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        return JobsMain.run(console, line.toArray(String[]::new));
    }

    private JsonNode document() throws IOException {
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private List<String> landing() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("lake/acme/landing"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static String har(String... entries) {
        return "{\"log\": {\"entries\": [" + String.join(",", entries) + "]}}";
    }
}
