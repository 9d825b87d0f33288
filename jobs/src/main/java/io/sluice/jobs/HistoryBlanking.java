package io.sluice.jobs;

import io.sluice.lake.FreshObject;
import io.sluice.lake.ObjectRewriting;
import io.sluice.lake.Rewritten;
import io.sluice.lake.Rewritten.Change;
import io.sluice.lake.StoredObjects;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.SessionTable;
import io.sluice.schemas.TableSpec;
import io.sluice.schemas.Tables;
import io.sluice.scrub.Blanking;
import io.sluice.scrub.parquet.InPlaceRewrite;
import io.sluice.scrub.parquet.Outcome;
import io.sluice.scrub.parquet.Plan;
import io.sluice.scrub.parquet.RewriteCheck;
import io.sluice.scrub.parquet.RowPositions;
import io.sluice.scrub.parquet.RowSearch;
import io.sluice.scrub.search.Hit;
import io.sluice.scrub.search.ScannedObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.parquet.io.InputFile;

/**
 * Blanks, in the data files of tables, the rows in which a value was seen and those of erased exchanges and their
 * sessions. A file is written beside the old one and proved by other code before it takes its place.
 */
final class HistoryBlanking implements ObjectRewriting {
    private static final long serialVersionUID = 1L;

    /** What was seen in one file. */
    private record Seen(List<Long> rows, TreeSet<String> columns) implements java.io.Serializable {}

    private final HashMap<String, Seen> seen = new HashMap<>();
    private final Map<String, TreeSet<String>> erased;

    /** Takes what a scan found, and the ids of exchanges and sessions that were erased. */
    HistoryBlanking(StorageScan scan, Set<String> exchanges, Set<String> sessions) {
        erased = Map.of(
                ExchangeTable.EXCHANGE_ID, new TreeSet<>(exchanges), SessionTable.SESSION_ID, new TreeSet<>(sessions));
        for (ScannedObject file : scan.holding(StoredObjects.TABLES)) {
            TreeSet<String> columns = new TreeSet<>();
            for (Hit hit : file.hits()) {
                columns.add(hit.place().split("[. ]", 2)[0]);
            }
            seen.put(file.name(), new Seen(file.rows(), columns));
        }
    }

    /** Whether {@code name} is a file of rows of {@code table}, of whatever version. */
    static boolean isDataOf(TableSpec table, String name) {
        String folder = StoredObjects.folderOf(table);
        return name.startsWith(folder) && name.endsWith(".parquet") && !name.startsWith(folder + "_delta_log/");
    }

    @Override
    public Rewritten rewrite(String name, InputFile old, FreshObject fresh) throws IOException {
        Seen here = seen.getOrDefault(name, new Seen(List.of(), new TreeSet<>()));
        TableSpec table = Tables.ALL.stream()
                .filter(one -> isDataOf(one, name))
                .findFirst()
                .orElseThrow();
        Plan plan = Blanking.plan(table, here.columns());
        RowPositions rows = plan.actions().isEmpty() ? RowPositions.of() : rows(table, here, old);
        Change change = rows.count() == 0 ? Change.NOT_NEEDED : blank(plan, old, rows, fresh);
        return switch (change) {
            case REPLACED -> new Rewritten(name, change, rows.count(), old.getLength());
            case NOT_NEEDED -> new Rewritten(name, change, rows.count(), 0);
            case IMPOSSIBLE -> Rewritten.impossible(name);
        };
    }

    private RowPositions rows(TableSpec table, Seen here, InputFile old) throws IOException {
        RowPositions rows =
                RowPositions.of(here.rows().stream().mapToLong(Long::longValue).toArray());
        for (Map.Entry<String, TreeSet<String>> key : erased.entrySet()) {
            if (table.columnNames().contains(key.getKey()) && !key.getValue().isEmpty()) {
                rows = rows.and(new RowSearch(key.getKey()).find(old, key.getValue()));
            }
        }
        return rows;
    }

    private static Change blank(Plan plan, InputFile old, RowPositions rows, FreshObject fresh) throws IOException {
        Outcome outcome = new InPlaceRewrite(plan).of(old, rows);
        if (outcome instanceof Outcome.Unchanged) {
            return Change.NOT_NEEDED;
        }
        if (!(outcome instanceof Outcome.Fits fits)) {
            return Change.IMPOSSIBLE;
        }
        fits.file().writeTo(fresh.file());
        boolean proved =
                new RewriteCheck(plan).problems(old, fresh.written(), rows).isEmpty();
        return proved ? Change.REPLACED : Change.IMPOSSIBLE;
    }
}
