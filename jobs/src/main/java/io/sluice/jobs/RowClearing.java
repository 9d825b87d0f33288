package io.sluice.jobs;

import io.sluice.lake.RowChange;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.lake.Written;
import io.sluice.schemas.EvidenceTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.ScrubRequestTable;
import io.sluice.schemas.SuppressionTable;
import io.sluice.schemas.TableSpec;
import io.sluice.schemas.Tables;
import io.sluice.scrub.MaskColumns;
import io.sluice.scrub.RuleColumns;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.search.ObjectScan;
import io.sluice.scrub.search.SearchPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/** Takes values out of the newest rows of tables: with the exchanges that hold them, or by masks where they stand. */
final class RowClearing {
    /** The blind index, of which rows go, and what proves and remembers scrubs. */
    private static final Set<TableSpec> KEPT = Set.of(
            IdentifierTable.SPEC,
            EvidenceTable.SPEC,
            ScrubRequestTable.SPEC,
            ScrubExchangeTable.SPEC,
            SuppressionTable.SPEC);

    private final TenantTables tables;
    private final ScrubRequest request;
    private final SearchPlan values;
    private final MaskColumns masks;
    private final List<RuleColumns> rules;
    private final Map<TableSpec, Long> erased = new HashMap<>();
    private final Map<TableSpec, Long> redacted = new HashMap<>();
    private long changes;

    RowClearing(TenantTables tables, ScrubRequest request, SearchPlan values) {
        this.tables = tables;
        this.request = request;
        this.values = values;
        this.masks = new MaskColumns(values);
        this.rules = values.rules().stream().map(RuleColumns::new).toList();
    }

    long erased(TableSpec table) {
        return erased.getOrDefault(table, 0L);
    }

    /** Rows that stayed with masks in them. */
    long redacted(TableSpec table) {
        return redacted.getOrDefault(table, 0L);
    }

    /** Takes the values out of exchanges, and returns whether any is another now. */
    boolean exchanges(Set<String> ids) {
        long before = changes;
        if (request.keepsExchanges()) {
            for (RuleColumns rule : rules) {
                change(ids, new RowChange(rule.columns(), rule.applies()));
            }
            if (request.isOfValues()) {
                change(ids, change(ExchangeTable.SPEC, masks));
            }
        } else {
            erase(ExchangeTable.SPEC, ids, ExchangeTable.EXCHANGE_ID);
        }
        return changes > before;
    }

    /** Takes out of the blind index what it knows of exchanges, or, where they stay, of the values. */
    void identifiers(Set<String> ids) {
        if (request.keepsExchanges() && request.scope().isEverything()) {
            erase(
                    IdentifierTable.SPEC,
                    Set.copyOf(Found.indexHashes(tables, request)),
                    IdentifierTable.IDENTIFIER_HASH);
        } else {
            erase(IdentifierTable.SPEC, ids, ExchangeTable.EXCHANGE_ID);
        }
    }

    /** Puts masks into rows of tables that are not made from exchanges, such as records of runs, where {@code scan} saw a value. */
    void others(StorageScan scan) {
        for (TableSpec table : Tables.ALL) {
            String folder = StoredObjects.folderOf(table);
            boolean isOther = !ScrubRun.FROM_EXCHANGES.contains(table) && !KEPT.contains(table);
            if (isOther && !scan.holding(folder).isEmpty() && tables.exists(table)) {
                MaskColumns own = new MaskColumns(ObjectScan.isCaptured(folder) ? values : values.withoutPatterns());
                redacted.merge(table, tables.change(table, change(table, own)).rows(), Long::sum);
            }
        }
    }

    private void change(Set<String> ids, RowChange change) {
        Written written = tables.change(ExchangeTable.SPEC, ids, ExchangeTable.EXCHANGE_ID, change);
        redacted.merge(ExchangeTable.SPEC, written.rows(), Math::max); // of rules and masks, most change the same
        changes += written.rows();
    }

    private static RowChange change(TableSpec table, MaskColumns masks) {
        StructType type = table.schema();
        return new RowChange(masks.of(type), masks.changes(type));
    }

    private void erase(TableSpec table, Set<String> keys, String key) {
        if (!keys.isEmpty() && tables.exists(table)) {
            long rows = tables.erase(table, keys, key).rows();
            erased.merge(table, rows, Long::sum);
            changes += rows;
        }
    }
}
