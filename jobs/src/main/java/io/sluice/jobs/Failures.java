package io.sluice.jobs;

import io.sluice.tenant.SluiceException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/** Tells the operator about a failure without the messages of others, which may hold captured values. */
final class Failures {
    private static final String OURS = "io.sluice.";
    private static final int FRAMES_OF_OTHERS = 3;

    private record Known(List<String> signs, SluiceException told) {}

    private static final List<Known> STORAGE = List.of(
            new Known(
                    List.of("no space left on device", "disk quota exceeded", "not enough space"),
                    SluiceException.failed(
                            "Cannot write to the lake",
                            "the disk is full",
                            "Make room, then run the same command again: what was committed stays, and nothing is done twice")),
            new Known(
                    List.of("read-only file system", "readonlyfilesystem"),
                    SluiceException.settings(
                            "Cannot write to the lake",
                            "its file system is read-only",
                            "Mount it writable, or name another place with --lake")),
            new Known(
                    List.of(
                            "permission denied",
                            "access denied",
                            "accessdenied",
                            "mkdirs failed to create",
                            "cannot_create_log_path",
                            "not a directory",
                            "unable to create",
                            "filealreadyexists",
                            "parentnotdirectory"),
                    SluiceException.settings(
                            "Cannot open or write the lake",
                            "a folder cannot be created or its access is denied",
                            "Check the path given with --lake or the tenant's root, and who may write there")),
            new Known(
                    List.of(
                            "concurrentappend",
                            "concurrenttransaction",
                            "concurrentwrite",
                            "concurrentmodification",
                            "metadatachanged",
                            "protocolchanged",
                            "concurrentdelete"),
                    SluiceException.failed(
                            "Cannot commit to a table",
                            "another run wrote to it at the same time",
                            "Run the same command again")));

    private Failures() {}

    /** What the operator is told: our own words where the cause is known, else that it is a defect. */
    static SluiceException told(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SluiceException known) {
                return known;
            }
        }
        return known(thrown)
                .orElseGet(
                        () -> SluiceException.failed(
                                "The job failed",
                                "of a defect or of trouble that is not known here, " + name(root(thrown)),
                                "Run it again; if it fails in the same place, report the stack trace above, which holds no data"));
    }

    /** Prints class names and frames of {@code thrown} and its causes, never their messages. */
    static void trace(Throwable thrown, PrintStream err) {
        String introduction = "";
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            err.println(introduction + name(cause));
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < frames.length; i++) {
                if (i < FRAMES_OF_OTHERS || frames[i].getClassName().startsWith(OURS)) {
                    err.println("    at " + frames[i]);
                }
            }
            introduction = "caused by ";
        }
    }

    private static Optional<SluiceException> known(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AccessDeniedException || cause instanceof ReadOnlyFileSystemException) {
                return Optional.of(STORAGE.get(2).told());
            }
            String text = (name(cause) + " " + cause.getMessage()).toLowerCase(Locale.ROOT);
            for (Known known : STORAGE) {
                if (known.signs().stream().anyMatch(text::contains)) {
                    return Optional.of(known.told());
                }
            }
        }
        return Optional.empty();
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }

    private static String name(Throwable thrown) {
        String condition = thrown instanceof SparkThrowable spark && spark.getCondition() != null
                ? " [" + spark.getCondition() + "]"
                : "";
        return thrown.getClass().getName() + condition;
    }
}
