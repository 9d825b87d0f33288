package io.sluice.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.tests.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            run("umount", disk().toString());
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
        Path ballast = fill();

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

    private Path fill() throws IOException {
        Path ballast = disk().resolve("ballast");
        long room = disk().toFile().getUsableSpace() - 64 * 1024;
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
