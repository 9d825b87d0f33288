package io.sluice.jobs;

import java.time.Clock;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: its table of contents is {@link #commands()}. */
public final class JobsMain {
    private JobsMain() {}

    /** Every command, in the order in which data flows; a new one is one line here. */
    static List<Object> commands() {
        return List.of(
                new ImportJob(),
                new IngestJob(),
                new LearnJob(),
                new ExportJob(),
                new ReplayJob(),
                new ReportJob(),
                new SqlJob(),
                new ScrubJob(),
                new VerifyJob(),
                new AuditJob(),
                new DemoCommand());
    }

    public static void main(String[] args) {
        Console console = new Console(System.out, System.err);
        System.setOut(System.err); // whatever a library prints must not stand in our document
        int code = guarded(console, args);
        SparkSession.getDefaultSession().foreach(session -> {
            session.stop();
            return session;
        });
        console.out().flush();
        System.exit(code);
    }

    /** As {@link #run}, and an error of the machine ends with an exit code too, not with Spark's threads left running. */
    private static int guarded(Console console, String... args) {
        try {
            return run(console, args);
        } catch (Throwable thrown) {
            Failures.trace(thrown, console.err());
            console.err().println(Failures.told(thrown).getMessage());
            return ExitCode.FAILED;
        }
    }

    /** Runs one command line and returns the exit code; a Spark session that it opened is left open for the next. */
    public static int run(Console console, String... args) {
        return new CommandDoor(Clock.systemUTC(), console).enter(args);
    }

    /** The command line with all commands and options, for those who check arguments without running anything. */
    public static CommandLine commandLine() {
        return new CommandDoor(Clock.systemUTC(), new Console(System.out, System.err)).program();
    }

    /** The name that users type. */
    @Command(
            name = "sluice",
            description = "Turns captured API traffic into test scenarios, on Spark and Delta Lake.",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class)
    static final class Root {}

    /** Prints the release for {@code --version}. */
    static final class Version implements picocli.CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"sluice " + Release.VERSION};
        }
    }
}
