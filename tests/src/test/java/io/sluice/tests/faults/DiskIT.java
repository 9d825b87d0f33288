package io.sluice.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.tests.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that cannot be written or is full is told with what to do, and nothing is lost. */
final class DiskIT {
    @TempDir
    private Path folder;

    private boolean mounted;

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", "--lazy", disk().toString()); // a task that was given up may have a file open yet
        }
    }

    @Test
    void aReadOnlyLakeIsTold() throws Exception {
        mount("ro,size=1m");

        Outcome outcome = Outcome.of("ingest", "--tenant", "acme", "--lake", disk().toString());

        assertThat(outcome.exitCode()).as(outcome.messages()).isEqualTo(2);
        assertThat(outcome.messages()).contains("Cannot open or write the lake", "--lake");
    }

    @Test
    void aFullDiskDuringIngestLosesNothing() throws Exception {
        mount("size=24m");
        HarFile.large(folder.resolve("many.har"), 2000, 1000);
        Outcome imported = Outcome.of(
                "import",
                "--tenant",
                "acme",
                "--lake",
                disk().toString(),
                folder.resolve("many.har").toString());
        assertThat(imported.exitCode()).as(imported.messages()).isZero();
        Path ballast = fill(64 * 1024);

        Outcome full = Outcome.of("ingest", "--tenant", "acme", "--lake", disk().toString());
        Files.delete(ballast);
        Outcome again = Outcome.of("ingest", "--tenant", "acme", "--lake", disk().toString());

        assertThat(full.exitCode()).isEqualTo(1);
        assertThat(full.messages()).containsIgnoringCase("full");
        assertThat(again.exitCode()).as(again.messages()).isZero();
        Outcome counted = Outcome.of(
                "sql",
                "--tenant",
                "acme",
                "--lake",
                disk().toString(),
                "--format",
                "csv",
                "SELECT count(*) AS rows, count(DISTINCT path) AS paths FROM exchange");
        assertThat(counted.output()).contains("2000,2000");
    }

    @Test
    void aFullDiskDuringImportLeavesNothingHalfWritten() throws Exception {
        mount("size=6m");
        Path capture = noise(folder.resolve("noise.har"), 1500, 5000);

        Outcome full = imported(capture);
        List<Path> left = landing();
        assertThat(run("mount", "-o", "remount,size=64m", disk().toString())).isTrue();
        Outcome again = imported(capture);

        assertThat(full.exitCode()).as(full.messages()).isEqualTo(1);
        assertThat(full.messages()).containsIgnoringCase("full");
        assertThat(left).isEmpty();
        assertThat(again.exitCode()).as(again.messages()).isZero();
        assertThat(again.result().path("imported").asLong()).isEqualTo(1500);
    }

    @Test
    void aDiskThatWasFullFromTheBeginningTakesTheCaptureOnceThereIsRoom() throws Exception {
        mount("size=8m");
        Path capture = noise(folder.resolve("noise.har"), 1, 5000);
        Files.createDirectories(disk().resolve("acme"));
        Path ballast = fill(4096);

        Outcome full = imported(capture);
        List<Path> left = landing();
        Files.delete(ballast);
        Outcome again = imported(capture);

        assertThat(full.exitCode()).as(full.messages()).isEqualTo(1);
        assertThat(left).isEmpty();
        assertThat(again.exitCode()).as(again.messages()).isZero();
    }

    private Outcome imported(Path capture) {
        return Outcome.of("import", "--tenant", "acme", "--lake", disk().toString(), capture.toString());
    }

    private List<Path> landing() throws IOException {
        Path landing = disk().resolve("acme/landing");
        if (!Files.exists(landing)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(landing)) {
            return files.toList();
        }
    }

    /** A capture that compression makes hardly smaller. */
    private static Path noise(Path file, int exchanges, int bytesEach) throws IOException {
        Random random = new Random(11);
        HarFile har = new HarFile();
        for (int i = 0; i < exchanges; i++) {
            byte[] bytes = new byte[bytesEach];
            random.nextBytes(bytes);
            ((ObjectNode) har.entry("2026-05-04T10:00:00.000Z", "http://shop.example/items/" + i)
                            .at("/response/content"))
                    .put("encoding", "base64")
                    .put("text", bytes);
        }
        return har.write(file);
    }

    private Path fill(int left) throws IOException {
        Path ballast = disk().resolve("ballast");
        long room = disk().toFile().getUsableSpace() - left;
        Files.write(ballast, new byte[Math.toIntExact(room)]);
        return ballast;
    }

    private Path disk() {
        return folder.resolve("disk");
    }

    private void mount(String options) throws Exception {
        Files.createDirectories(disk());
        mounted = run("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk().toString());
        assumeTrue(mounted, "skipped: this user may not mount a small disk");
    }

    private static boolean run(String... command) throws Exception {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
