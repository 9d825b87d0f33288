package io.sluice.tests.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A tool that runs in its own process, within bounded time, with its output in a file. */
final class ToolProcess {
    private static final long PATIENCE_SECONDS = 120;

    private ToolProcess() {}

    /** Runs the command to its end and returns what it printed; fails with it where the exit code is not 0. */
    static String run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly().waitFor();
        }
        String printed = Files.readString(output, StandardCharsets.UTF_8);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(command.get(0) + (ended ? " failed:\n" : " did not end:\n") + printed);
        }
        return printed;
    }
}
