package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;

import io.sluice.lake.TenantTables;
import io.sluice.redaction.Suppression;
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.ScrubRequestTable;
import io.sluice.schemas.SuppressionTable;
import io.sluice.scrub.ScrubRequest;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What the tables remember of one scrub request, so that a try that was stopped is gone on with. */
final class ScrubLedger {
    private final TenantTables tables;
    private final ScrubRequest request;

    ScrubLedger(TenantTables tables, ScrubRequest request) {
        this.tables = tables;
        this.request = request;
    }

    /** Records that the request has come into a state. */
    void state(String state, Instant at) {
        Row row = RowFactory.create(
                request.id(),
                state,
                at,
                request.receivedAt(),
                request.due(),
                request.basis(),
                request.hash(tables.key()),
                (long) request.selectors().size(),
                tables.runId());
        tables.append(
                ScrubRequestTable.SPEC,
                tables.rows(ScrubRequestTable.SPEC, List.of(row)).coalesce(1));
    }

    /** Keeps the values from coming back, unless they may stand in what is out of scope. */
    void suppress() {
        if (!request.scope().isEverything()) {
            return;
        }
        Suppression suppression = new Suppression(tables.key(), Set.of());
        List<Row> rows = Found.indexHashes(tables, request).stream()
                .map(hash -> request.keepsExchanges() ? suppression.masking(hash) : suppression.refusal(hash))
                .map(hash -> RowFactory.create(hash, request.id(), tables.startedAt(), tables.runId()))
                .toList();
        tables.append(
                SuppressionTable.SPEC, tables.rows(SuppressionTable.SPEC, rows).coalesce(1));
    }

    /** A try that was stopped left rows in earlier versions that nothing in the newest ones tells of. */
    boolean wasBegunBefore() {
        return !tables.read(ScrubRequestTable.SPEC)
                .where(col(ScrubRequestTable.REQUEST_ID).equalTo(request.id()))
                .isEmpty();
    }

    /** Notes exchanges before the values are taken out, for once they are, they are found no more. */
    void note(Set<String> exchanges) {
        Set<String> fresh = new TreeSet<>(exchanges);
        fresh.removeAll(noted().as(Encoders.STRING()).collectAsList());
        if (!fresh.isEmpty()) {
            List<Row> rows = fresh.stream()
                    .map(id -> RowFactory.create(request.id(), id, tables.runId()))
                    .toList();
            tables.append(
                    ScrubExchangeTable.SPEC,
                    tables.rows(ScrubExchangeTable.SPEC, rows).coalesce(1));
        }
    }

    /** The ids of all that were noted, by this try and those before. */
    Dataset<Row> noted() {
        return tables.read(ScrubExchangeTable.SPEC)
                .where(col(ScrubExchangeTable.REQUEST_ID).equalTo(request.id()))
                .select(ScrubExchangeTable.EXCHANGE_ID)
                .distinct();
    }
}
