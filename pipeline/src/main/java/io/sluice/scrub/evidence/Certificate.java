package io.sluice.scrub.evidence;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.scrub.search.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was scrubbed for one request, and how its absence was verified; {@link Seal} makes it a signed document.
 *
 * @param previous hex SHA-256 of the tenant's certificate before this one ({@link Seal#hash}), none for the first
 */
public record Certificate(Request request, Outcome outcome, Origin origin, Optional<String> previous) {
    /**
     * What was demanded.
     *
     * @param action {@code erase} or {@code redact}
     * @param history {@code purge} or {@code preserve}
     * @param scope the exchanges it is about, null for everything
     * @param subjects keyed hashes in hex
     */
    public record Request(
            String requestId,
            String tenant,
            String basis,
            String action,
            String history,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Scope scope,

            List<String> subjects,
            Instant receivedAt,
            Instant deadline) {
        public Request {
            subjects = List.copyOf(subjects);
        }
    }

    /** What was done about it, and what is left. */
    public record Outcome(
            Instant startedAt,
            Instant endedAt,
            State state,
            List<TableChange> tables,
            Inventory inventoryBefore,
            Inventory inventoryAfter,
            Verification verification) {
        public Outcome {
            tables = List.copyOf(tables);
        }
    }

    /** Whether all of it could be done. */
    public enum State {
        DONE,
        PARTLY_DONE
    }

    /**
     * What happened to one table; versions are Delta's.
     *
     * @param history what became of its earlier versions, {@code preserve} or {@code purge}; null where nothing had to
     * @param versions those earlier ones that can no longer be read, and those in which rows are blank now
     */
    public record TableChange(
            String table,
            long versionBefore,
            long versionAfter,
            long rowsFound,
            long rowsErased,
            long rowsRedacted,
            long objectsHeld,
            long oldestReadableVersion,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String history,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<VersionChange> versions) {
        @SuppressWarnings("NullAway") // Jackson gives null for what the document leaves out
        public TableChange {
            versions = versions == null ? List.of() : List.copyOf(versions);
        }

        /** The same with that many rows found. */
        public TableChange finding(long rows) {
            return new TableChange(
                    table,
                    versionBefore,
                    versionAfter,
                    rows,
                    rowsErased,
                    rowsRedacted,
                    objectsHeld,
                    oldestReadableVersion,
                    history,
                    versions);
        }
    }

    /**
     * What became of versions of a table that follow each other.
     *
     * @param to the last of them
     * @param history {@code preserve} or {@code purge}
     * @param files of each of those versions, change data too, in which rows are blank now; null where they are unreadable
     * @param rows that are blank now in those files, also where the version has them deleted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record VersionChange(
            long from,
            long to,
            String history,
            @Nullable Long files,
            @Nullable Long rows) {
        public static VersionChange unreadable(long from, long to) {
            return new VersionChange(from, to, "purge", null, null);
        }

        public static VersionChange blank(long from, long to, long files, long rows) {
            return new VersionChange(from, to, "preserve", files, rows);
        }

        boolean isOne() {
            return from == to;
        }
    }

    /** All objects under the tenant's root at one time. */
    public record Inventory(long objects, long bytes, String merkleRoot) {
        /** The sums and the root of {@code entries}, given in any order. */
        public static Inventory of(List<InventoryEntry> entries) {
            long bytes = entries.stream().mapToLong(InventoryEntry::length).sum();
            return new Inventory(entries.size(), bytes, MerkleRoot.of(entries));
        }
    }

    /** What reading every byte of {@code objects} objects found. */
    public record Verification(long objects, long bytesRead, long hits, long unreadable, String algorithm) {}

    /**
     * What the run was made with, and what it took.
     *
     * @param requestsInRun how many requests were carried out at once, whose rows and cost are counted together; null for one
     * @param begunBefore true where an earlier run had begun it, whose rows and cost are not counted; else null
     */
    public record Origin(
            String release,
            Map<String, String> algorithmVersions,
            Cost cost,
            String runId,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Integer requestsInRun,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean begunBefore) {
        public Origin {
            algorithmVersions = Collections.unmodifiableSortedMap(new TreeMap<>(algorithmVersions));
        }
    }

    /** What the run took. */
    public record Cost(long executorMillis, long bytesWritten) {}

    /** Whether it ended no later than the deadline. */
    public boolean inTime() {
        return !outcome.endedAt().isAfter(request.deadline());
    }

    /** What no certificate may say, whoever signed it: {@code DONE} where something is left, or was not read. */
    List<String> contradictions() {
        List<String> contradictions = new ArrayList<>();
        if (outcome.state() == State.DONE && outcome.verification().hits() > 0) {
            contradictions.add("It says DONE, although the verification still found what had to go.");
        }
        if (outcome.state() == State.DONE && outcome.verification().unreadable() > 0) {
            contradictions.add("It says DONE, although the verification could not read everything.");
        }
        return contradictions;
    }
}
