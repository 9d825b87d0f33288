package io.sluice.lake;

import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A run's right to touch the tables of a tenant: any number of runs may share it, or one has it alone. Each run has an empty
 * object of its own, which it renews; it puts that there first and looks for others then, so that of two that exclude each
 * other at least one sees the other.
 */
public final class Lease implements AutoCloseable {
    /** How the names of the objects begin. */
    public static final String FOLDER = "control/lease/";

    private static final Duration STALE = Duration.ofMinutes(2);
    private static final Duration RENEWED_EVERY = Duration.ofSeconds(30);
    private static final Duration LONGEST_CLOSING = Duration.ofSeconds(10);
    private static final String UNKNOWN = "unknown";
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

    private final FileSystem files;
    private final Path folder;
    private final Holder own;
    private volatile boolean isClosed;
    private final Thread renewal = new Thread(this::renewUntilClosed, "lease");

    private Lease(TenantRoot root, Holder own) {
        // Files of checksums beside them would be objects too.
        this.files = root.files() instanceof LocalFileSystem local ? local.getRawFileSystem() : root.files();
        this.folder = new Path(root.path(), FOLDER);
        this.own = own;
    }

    /** How a run gets along with others of the same tenant. */
    public enum Kind {
        /** No other may run. */
        ALONE,
        /** Others of this kind may run. */
        SHARED
    }

    /** Who has a lease, as the name of its object tells; of those who want to be alone, the one that came first does. */
    private record Holder(Kind kind, long sinceMillis, long process, String machine, String run) {
        private static final Pattern NAME = Pattern.compile("(ALONE|SHARED)~(\\d{1,15})~(\\d{1,15})@([^~]+)~(.+)");
        private static final Comparator<Holder> FIRST_COME =
                Comparator.comparingLong(Holder::sinceMillis).thenComparing(Holder::name);

        static Optional<Holder> of(String name) {
            Matcher parts = NAME.matcher(name);
            return parts.matches()
                    ? Optional.of(new Holder(
                            Kind.valueOf(parts.group(1)),
                            Long.parseLong(parts.group(2)),
                            Long.parseLong(parts.group(3)),
                            parts.group(4),
                            parts.group(5)))
                    : Optional.empty();
        }

        String name() {
            return kind + "~" + sinceMillis + "~" + process + "@" + machine + "~" + run;
        }

        /** Whether its process ran on this machine and has ended, as one does that was killed. */
        boolean isGone() {
            return !machine.equals(UNKNOWN)
                    && machine.equals(thisMachine())
                    && ProcessHandle.of(process).isEmpty();
        }

        boolean isAheadOf(Holder other) {
            return kind == Kind.ALONE && FIRST_COME.compare(this, other) < 0;
        }
    }

    /** Takes a lease for {@code run}; waits for others as long as {@code longestWait} if it is to be alone. */
    static Lease take(TenantRoot root, String run, Kind kind, Duration longestWait) {
        long process = ProcessHandle.current().pid();
        Lease lease = new Lease(root, new Holder(kind, System.currentTimeMillis(), process, thisMachine(), run));
        try {
            lease.renew();
            if (kind == Kind.ALONE) {
                lease.waitForOthers(longestWait);
            } else {
                lease.refuseBesideOneAlone();
            }
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
        lease.renewal.setDaemon(true);
        lease.renewal.start();
        return lease;
    }

    private void waitForOthers(Duration longestWait) {
        long end = System.nanoTime() + longestWait.toNanos();
        for (List<Holder> others = others(); !others.isEmpty(); others = others()) {
            if (System.nanoTime() > end) {
                throw SluiceException.failed(
                        "Cannot begin",
                        "other runs of this tenant have not ended: "
                                + String.join(
                                        ", ", others.stream().map(Holder::run).toList()),
                        "Run the same command again when they have");
            }
            if (others.stream().anyMatch(other -> other.isAheadOf(own))) {
                delete(own); // else both would wait
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SluiceException.failed("Cannot begin", "it was interrupted", "Run the same command again");
            }
            renew();
        }
    }

    private void refuseBesideOneAlone() {
        others().stream()
                .filter(other -> other.kind() == Kind.ALONE)
                .findFirst()
                .ifPresent(alone -> {
                    throw SluiceException.failed(
                            "Cannot begin",
                            "run " + alone.run() + " is scrubbing this tenant, and nobody may read or write beside it",
                            "Run the same command again when it has ended");
                });
    }

    /** All others that are alive, by the storage's own clock. */
    private List<Holder> others() {
        List<Holder> others = new ArrayList<>();
        try {
            long now = files.getFileStatus(path(own)).getModificationTime();
            for (FileStatus file : files.listStatus(folder)) {
                Optional<Holder> other = Holder.of(file.getPath().getName());
                if (other.isEmpty() || other.get().equals(own)) {
                    continue;
                }
                if (other.get().isGone() || now - file.getModificationTime() > STALE.toMillis()) {
                    delete(other.get());
                } else {
                    others.add(other.get());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return others;
    }

    private void renew() {
        try {
            files.create(path(own), true).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void renewUntilClosed() {
        try {
            while (!isClosed) {
                TimeUnit.MILLISECONDS.sleep(RENEWED_EVERY.toMillis());
                try {
                    renew();
                } catch (RuntimeException | FSError nextTime) {
                    // three failures in a row are borne
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void delete(Holder holder) {
        try {
            files.delete(path(holder), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path(Holder holder) {
        return new Path(folder, holder.name());
    }

    /** What tells processes of one number apart: the machine since it was started, and the container, if it is one. */
    private static String thisMachine() {
        try {
            String boot = Files.readString(java.nio.file.Path.of("/proc/sys/kernel/random/boot_id"));
            String container = Files.readSymbolicLink(java.nio.file.Path.of("/proc/self/ns/pid"))
                    .toString();
            return UUID.nameUUIDFromBytes((boot + container).getBytes(StandardCharsets.UTF_8))
                    .toString();
        } catch (IOException | UnsupportedOperationException e) {
            return UNKNOWN;
        }
    }

    /** Gives it back; one that cannot be removed now goes stale. */
    @Override
    public void close() {
        isClosed = true;
        renewal.interrupt();
        try {
            renewal.join(LONGEST_CLOSING.toMillis()); // else it might put it there again
            delete(own);
        } catch (UncheckedIOException goesStale) {
            // nobody renews it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
