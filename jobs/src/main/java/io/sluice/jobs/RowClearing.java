package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.lake.RowChange;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.EvidenceTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.ScrubRequestTable;
import io.sluice.schemas.SuppressionTable;
import io.sluice.schemas.TableSpec;
import io.sluice.schemas.Tables;
import io.sluice.scrub.MaskTransform;
import io.sluice.scrub.RuleTransform;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.search.ObjectScan;
import io.sluice.scrub.search.SearchPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
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
    private final MaskTransform masks;
    private final List<RuleTransform> rules;
    private final Map<TableSpec, Long> erased = new HashMap<>();
    private final Map<TableSpec, Long> redacted = new HashMap<>();

    RowClearing(TenantTables tables, ScrubRequest request, SearchPlan values) {
        this.tables = tables;
        this.request = request;
        this.values = values;
        this.masks = new MaskTransform(values);
        this.rules = values.rules().stream().map(RuleTransform::new).toList();
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
        if (!request.keepsExchanges()) {
            return erase(ExchangeTable.SPEC, ids, ExchangeTable.EXCHANGE_ID, lit(true)) > 0;
        }
        long most = 0; // of rules and masks, most change the same rows
        for (RuleTransform rule : rules) {
            most = Math.max(most, change(ids, new RowChange(rule.columns(), rule.applies())));
        }
        if (request.isOfValues()) {
            most = Math.max(most, change(ids, change(ExchangeTable.SPEC, masks)));
        }
        redacted.merge(ExchangeTable.SPEC, most, Long::sum);
        return most > 0;
    }

    /** Takes out of the blind index what it knows of exchanges; of those that stay, what it knows of the values. */
    void identifiers(Set<String> ids) {
        Column condition = request.keepsExchanges()
                ? col(IdentifierTable.IDENTIFIER_HASH).isInCollection(Found.indexHashes(tables, request))
                : lit(true);
        erase(IdentifierTable.SPEC, ids, ExchangeTable.EXCHANGE_ID, condition);
    }

    /** Puts masks into rows of tables that are not made from exchanges, such as records of runs, where {@code scan} saw a value. */
    void others(StorageScan scan) {
        for (TableSpec table : Tables.ALL) {
            String folder = StoredObjects.folderOf(table);
            boolean isOther = !ScrubRun.FROM_EXCHANGES.contains(table) && !KEPT.contains(table);
            if (isOther && !scan.holding(folder).isEmpty() && tables.exists(table)) {
                MaskTransform own =
                        new MaskTransform(ObjectScan.isCaptured(folder) ? values : values.withoutPatterns());
                redacted.merge(table, tables.change(table, change(table, own)).rows(), Long::sum);
            }
        }
    }

    private long change(Set<String> ids, RowChange change) {
        return tables.change(ExchangeTable.SPEC, ids, ExchangeTable.EXCHANGE_ID, change)
                .rows();
    }

    private static RowChange change(TableSpec table, MaskTransform masks) {
        StructType type = table.schema();
        return new RowChange(masks.of(type), masks.changes(type));
    }

    private long erase(TableSpec table, Set<String> keys, String key, Column condition) {
        if (keys.isEmpty() || !tables.exists(table)) {
            return 0;
        }
        long rows = tables.erase(table, keys, key, condition).rows();
        erased.merge(table, rows, Long::sum);
        return rows;
    }
}
