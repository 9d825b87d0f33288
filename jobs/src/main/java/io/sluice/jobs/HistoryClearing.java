package io.sluice.jobs;

import io.sluice.lake.Rewritten;
import io.sluice.lake.StoredObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import io.sluice.schemas.TableSpec;
import io.sluice.schemas.Tables;
import io.sluice.scrub.ScrubRequest.History;
import io.sluice.scrub.evidence.Certificate;
import io.sluice.scrub.search.ScannedObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Encoders;
import org.jspecify.annotations.Nullable;

/** Takes what was erased out of earlier versions of tables: blanked where that is asked for and can be done, else purged. */
final class HistoryClearing {
    private final TenantTables tables;
    private final History wanted;
    private final Set<TableSpec> stale = new LinkedHashSet<>();
    private final Set<TableSpec> unkept = new LinkedHashSet<>();
    private final Set<TableSpec> cleared = new LinkedHashSet<>();
    private final Set<String> purged = new LinkedHashSet<>();
    private final Map<TableSpec, Map<String, Long>> blankRows = new HashMap<>();
    private long filesBlanked;
    private long bytesWritten;

    HistoryClearing(TenantTables tables, History wanted) {
        this.tables = tables;
        this.wanted = wanted;
    }

    /** Says that earlier versions of tables hold rows that are to be gone. */
    void needs(Collection<TableSpec> changed) {
        changed.stream().filter(tables::exists).forEach(stale::add);
    }

    /** Tables that were purged, by name. */
    List<String> purged() {
        return new ArrayList<>(purged);
    }

    /** What became of earlier versions of {@code table}, in the words of a certificate; null where nothing had to. */
    @Nullable
    String became(TableSpec table) {
        if (purged.contains(table.name())) {
            return History.PURGE.word();
        }
        return cleared.contains(table) ? History.PRESERVE.word() : null;
    }

    /**
     * The versions of {@code table} before {@code oldest}, which can no longer be read, and those from there to {@code before},
     * the newest when the scrub began, in which rows are blank now.
     */
    List<Certificate.VersionChange> versions(TableSpec table, long oldest, long before) {
        List<Certificate.VersionChange> changes = new ArrayList<>();
        if (oldest > 0) {
            changes.add(Certificate.VersionChange.unreadable(0, oldest - 1));
        }
        Map<String, Long> rows = blankRows.getOrDefault(table, Map.of());
        if (!rows.isEmpty() && oldest <= before) {
            tables.versionsWith(table, rows, oldest, before)
                    .forEach(span -> changes.add(
                            Certificate.VersionChange.blank(span.from(), span.to(), span.files(), span.rows())));
        }
        return changes;
    }

    /** Whether {@code key} is an object of a table that was blanked or purged. */
    boolean hasCleared(String key) {
        return cleared.stream().anyMatch(table -> key.startsWith(StoredObjects.folderOf(table)));
    }

    long filesBlanked() {
        return filesBlanked;
    }

    /** By blanking, of which Spark does not know. */
    long bytesWritten() {
        return bytesWritten;
    }

    /** Says it of tables that are cleared only by having no earlier versions. */
    void needsPurge(Collection<TableSpec> changed) {
        changed.stream().filter(tables::exists).forEach(unkept::add);
    }

    /** Clears the tables that need it and those in which {@code scan} found a value; all by purging, in the last pass. */
    void clear(StorageScan scan, Set<String> exchanges, boolean lastPass) {
        List<TableSpec> kept = new ArrayList<>();
        for (TableSpec table : Tables.ALL) {
            List<ScannedObject> holding = scan.holding(StoredObjects.folderOf(table));
            boolean isHeld = stale.contains(table) || !holding.isEmpty();
            boolean isBeyondBlanking =
                    unkept.contains(table) || holding.stream().anyMatch(object -> isOfLog(table, object));
            if (isBeyondBlanking || (isHeld && (wanted == History.PURGE || lastPass))) {
                purge(table);
            } else if (isHeld) {
                kept.add(table);
            }
        }
        stale.clear();
        unkept.clear();
        cleared.addAll(kept);
        if (!kept.isEmpty()) {
            blank(kept, scan, exchanges);
        }
    }

    /** Of which blanking data files takes nothing out. */
    private static boolean isOfLog(TableSpec table, ScannedObject object) {
        return object.name().startsWith(StoredObjects.folderOf(table) + "_delta_log/")
                && !StoredObject.isEarlier(object.name());
    }

    /** Makes earlier versions of a table unreadable. */
    private void purge(TableSpec table) {
        if (tables.exists(table)) {
            tables.purge(table);
            cleared.add(table);
            purged.add(table.name());
        }
    }

    private void blank(List<TableSpec> held, StorageScan scan, Set<String> exchanges) {
        Set<String> sessions = exchanges.isEmpty() ? Set.of() : sessionsOf(exchanges);
        List<StoredObject> files = tables.objects().list().stream()
                .filter(object -> held.stream().anyMatch(table -> HistoryBlanking.isDataOf(table, object.name())))
                .toList();
        List<Rewritten> rewritten = tables.objects().rewrite(files, new HistoryBlanking(scan, exchanges, sessions));
        for (TableSpec table : held) {
            List<Rewritten> own = rewritten.stream()
                    .filter(file -> HistoryBlanking.isDataOf(table, file.name()))
                    .toList();
            own.forEach(file -> note(table, file));
            if (own.stream().anyMatch(file -> file.change() == Rewritten.Change.IMPOSSIBLE)) {
                purge(table);
            }
        }
    }

    private void note(TableSpec table, Rewritten file) {
        filesBlanked += file.change() == Rewritten.Change.REPLACED ? 1 : 0;
        bytesWritten += file.bytes();
        if (file.rows() > 0) {
            String name = file.name().substring(file.name().lastIndexOf('/') + 1);
            blankRows.computeIfAbsent(table, fresh -> new HashMap<>()).merge(name, file.rows(), Math::max);
        }
    }

    /** Those that are there no more: learned anew, a session of which something is left has its id still. */
    private Set<String> sessionsOf(Set<String> exchanges) {
        return Set.copyOf(Selection.those(tables.readEver(SessionStepTable.SPEC), exchanges)
                .select(SessionStepTable.SESSION_ID)
                .distinct()
                .join(tables.read(SessionTable.SPEC), SessionTable.SESSION_ID, "left_anti")
                .as(Encoders.STRING())
                .collectAsList());
    }
}
