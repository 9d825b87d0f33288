package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import io.sluice.lake.TenantTables;
import io.sluice.redaction.Suppression;
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.ScrubRequestTable;
import io.sluice.schemas.SuppressionTable;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.ScrubRequests;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** What the tables remember of scrub requests, so that a try that was stopped is gone on with. */
final class ScrubLedger {
    private final TenantTables tables;
    private final List<ScrubRequest> requests;
    private Instant last;
    private Selection noted;

    ScrubLedger(TenantTables tables, ScrubRequests requests) {
        this.tables = tables;
        this.requests = requests.all();
        this.last = lastChange();
        this.noted = notedBefore();
    }

    /** Records that requests have come into a state, each in that at its place. */
    void states(List<String> states, Instant at) {
        last = at.isAfter(last) ? at : last.plusMillis(1); // a clock that lags puts nothing before what it follows
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            ScrubRequest request = requests.get(i);
            rows.add(RowFactory.create(
                    request.id(),
                    states.get(i),
                    last,
                    request.receivedAt(),
                    request.due(),
                    request.basis(),
                    request.hash(tables.key()),
                    (long) request.selectors().size(),
                    tables.runId()));
        }
        tables.appendOfTry(ScrubRequestTable.SPEC, rows);
    }

    /** Keeps the values from coming back, unless they may stand in what is out of scope. */
    void suppress() {
        Suppression suppression = new Suppression(tables.key(), Set.of());
        List<Row> rows = new ArrayList<>();
        for (ScrubRequest request : requests) {
            List<String> hashes =
                    request.scope().isEverything() ? Found.indexHashes(tables, request) : List.<String>of();
            for (String hash : hashes) {
                String kept = request.keepsExchanges() ? suppression.masking(hash) : suppression.refusal(hash);
                rows.add(RowFactory.create(kept, request.id(), tables.startedAt(), tables.runId()));
            }
        }
        tables.appendOfTry(SuppressionTable.SPEC, rows);
    }

    /** A try that was stopped left rows in earlier versions that nothing in the newest ones tells of. */
    boolean wasBegunBefore() {
        return last.isAfter(Instant.EPOCH);
    }

    /** Whether one of {@code runs} has begun with each of the requests. */
    boolean wereAllIn(Set<String> runs) {
        return tables.read(ScrubRequestTable.SPEC)
                        .where(isOfThese().and(col(ScrubRequestTable.RUN_ID).isInCollection(runs)))
                        .select(ScrubRequestTable.REQUEST_ID)
                        .distinct()
                        .count()
                == requests.size();
    }

    /** When one of the requests last came into another state, by the clock of whoever was at it. */
    private Instant lastChange() {
        Row row = tables.read(ScrubRequestTable.SPEC)
                .where(isOfThese())
                .agg(max(ScrubRequestTable.AT))
                .first();
        return row.isNullAt(0) ? Instant.EPOCH : row.getInstant(0);
    }

    /** Notes exchanges before the values are taken out, for once they are, they are found no more. */
    void note(Selection exchanges) {
        List<Row> fresh = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            for (String id : exchanges.of(i)) {
                if (!noted.of(i).contains(id)) {
                    fresh.add(RowFactory.create(requests.get(i).id(), id, tables.runId()));
                }
            }
        }
        tables.appendOfTry(ScrubExchangeTable.SPEC, fresh);
        noted = noted.and(exchanges);
    }

    /** All that was noted, by this try and those before. */
    Selection noted() {
        return noted;
    }

    private Selection notedBefore() {
        Selection before = new Selection();
        Map<String, Integer> places = new HashMap<>();
        requests.forEach(request -> places.put(request.id(), places.size()));
        tables.read(ScrubExchangeTable.SPEC)
                .where(isOfThese())
                .select(ScrubExchangeTable.REQUEST_ID, ScrubExchangeTable.EXCHANGE_ID)
                .collectAsList()
                .forEach(row -> before.add(Objects.requireNonNull(places.get(row.getString(0))), row.getString(1)));
        return before;
    }

    private Column isOfThese() {
        return col(ScrubRequestTable.REQUEST_ID)
                .isInCollection(requests.stream().map(ScrubRequest::id).toList());
    }
}
