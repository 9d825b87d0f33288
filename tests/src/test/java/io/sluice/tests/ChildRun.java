package io.sluice.tests;

import io.sluice.jobs.JobsMain;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program in a process of its own, to be killed. */
public final class ChildRun {
    private ChildRun() {}

    /** Starts a command line on the classes under test; what it says is appended to {@code log}. */
    public static Process start(Path log, List<String> arguments) throws IOException {
        return start(log, Map.of(), arguments);
    }

    /** The same with more in its environment. */
    public static Process start(Path log, Map<String, String> environment, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--add-opens")) {
                command.add(argument);
            }
        }
        command.addAll(List.of(
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=256m",
                "-cp",
                System.getProperty("java.class.path"),
                JobsMain.class.getName()));
        command.addAll(arguments);
        ProcessBuilder run = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        run.environment().putAll(environment);
        return run.start();
    }

    /** Kills a run after so long; false where it was done before. */
    public static boolean killed(Process run, long afterMillis) throws InterruptedException {
        try {
            return !run.waitFor(afterMillis, TimeUnit.MILLISECONDS);
        } finally {
            run.destroyForcibly().waitFor();
        }
    }
}
