package io.sluice.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.tests.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that may not be read is told; the superuser reads any, so the program then runs without that right. */
final class UnreadableIT {
    private static final List<String> WITHOUT_RIGHT = List.of(
            "setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-dac_override,-dac_read_search");

    @TempDir
    private Path folder;

    @Test
    void aFolderThatMayNotBeReadIsTold() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        List<String> command = new ArrayList<>();
        if (Files.isReadable(closed)) {
            assumeTrue(starts(), "skipped: the superuser reads any folder, and setpriv is not there");
            command.addAll(WITHOUT_RIGHT);
        }
        command.addAll(importing(closed));
        Path messages = folder.resolve("messages");
        try {
            int exitCode = new ProcessBuilder(command)
                    .redirectOutput(folder.resolve("output").toFile())
                    .redirectError(messages.toFile())
                    .start()
                    .waitFor();

            assertThat(exitCode).as(Files.readString(messages)).isEqualTo(2);
            assertThat(Files.readString(messages)).contains("Cannot read " + closed, "access is denied");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private List<String> importing(Path closed) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(Checkout.javaOptions());
        command.add("-cp");
        command.add(Stream.concat(Stream.of(Checkout.jobsJar()), Checkout.sparkJars().stream())
                .map(Path::toString)
                .collect(Collectors.joining(":")));
        command.add("io.sluice.jobs.JobsMain");
        command.addAll(List.of("import", "--tenant", "acme", "--lake"));
        command.add(folder.resolve("lake").toString());
        command.add(closed.toString());
        return command;
    }

    private static boolean starts() throws InterruptedException {
        List<String> command = new ArrayList<>(WITHOUT_RIGHT);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
