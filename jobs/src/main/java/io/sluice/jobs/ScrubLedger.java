package io.sluice.jobs;

import static org.apache.spark.sql.functions.bool_or;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;

import io.sluice.lake.TenantTables;
import io.sluice.redaction.Suppression;
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.ScrubRequestTable;
import io.sluice.schemas.SuppressionTable;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.ScrubRequests;
import io.sluice.scrub.ScrubState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
    private final ScrubRequests asked;
    private final List<ScrubRequest> requests;
    private final Set<String> known = new HashSet<>();
    private final Set<String> doneBefore = new HashSet<>();
    private final boolean begunBefore;
    private boolean isEntered;
    private Instant last = Instant.EPOCH;
    private Selection noted;

    ScrubLedger(TenantTables tables, ScrubRequests requests) {
        this.tables = tables;
        this.asked = requests;
        this.requests = requests.all();
        this.begunBefore = remember();
        this.noted = notedBefore();
    }

    ScrubRequests requests() {
        return asked;
    }

    /** Records those requests that were not known before. */
    void receive() {
        Instant at = next(Instant.now());
        tables.appendOfTry(
                ScrubRequestTable.SPEC,
                requests.stream()
                        .filter(request -> !known.contains(request.id()))
                        .map(request -> row(request, ScrubState.RECEIVED, at))
                        .toList());
    }

    /** Records that all requests have come into states, one after the other, the last of them now. */
    void enter(ScrubState... states) {
        isEntered = true;
        List<Row> rows = new ArrayList<>();
        for (ScrubState state : states) {
            Instant at = next(Instant.now());
            requests.forEach(request -> rows.add(row(request, state, at)));
        }
        tables.appendOfTry(ScrubRequestTable.SPEC, rows);
    }

    /** Records that the requests came to nothing, but for those that were done before and which this run has not begun. */
    void fail(ScrubState state) {
        Instant at = next(Instant.now());
        tables.appendOfTry(
                ScrubRequestTable.SPEC,
                requests.stream()
                        .filter(request -> isEntered || !doneBefore.contains(request.id()))
                        .map(request -> row(request, state, at))
                        .toList());
    }

    /** Records in which state each of the requests has ended, by its place. */
    void end(List<ScrubState> states, Instant endedAt) {
        Instant at = next(endedAt);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            rows.add(row(requests.get(i), states.get(i), at));
        }
        tables.appendOfTry(ScrubRequestTable.SPEC, rows);
    }

    /** A clock that lags puts nothing before what it follows. */
    private Instant next(Instant now) {
        last = now.isAfter(last) ? now : last.plusMillis(1);
        return last;
    }

    private Row row(ScrubRequest request, ScrubState state, Instant at) {
        return RowFactory.create(
                request.id(),
                state.name(),
                at,
                request.receivedAt(),
                request.due(),
                request.basis(),
                request.hash(tables.key()),
                (long) request.selectors().size(),
                tables.runId());
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
        return begunBefore;
    }

    /** Whether one of {@code runs} has begun with each of the requests. */
    boolean wereAllIn(Set<String> runs) {
        return tables.read(ScrubRequestTable.SPEC)
                        .where(isOfThese()
                                .and(isBegun())
                                .and(col(ScrubRequestTable.RUN_ID).isInCollection(runs)))
                        .select(ScrubRequestTable.REQUEST_ID)
                        .distinct()
                        .count()
                == requests.size();
    }

    /** Takes in what is recorded of the requests, by the clocks of whoever was at them; returns whether one was begun. */
    private boolean remember() {
        boolean begun = false;
        for (Row row : tables.read(ScrubRequestTable.SPEC)
                .where(isOfThese())
                .groupBy(ScrubRequestTable.REQUEST_ID)
                .agg(
                        max(ScrubRequestTable.AT),
                        bool_or(isBegun()),
                        max_by(col(ScrubRequestTable.STATE), col(ScrubRequestTable.AT)))
                .collectAsList()) {
            known.add(row.getString(0));
            last = row.getInstant(1).isAfter(last) ? row.getInstant(1) : last;
            begun |= row.getBoolean(2);
            if (row.getString(3).equals(ScrubState.DONE.name())) {
                doneBefore.add(row.getString(0));
            }
        }
        return begun;
    }

    /** Whether a row of {@code scrub_request} says that something is done about it. */
    static Column isBegun() {
        return col(ScrubRequestTable.STATE).equalTo(ScrubState.SCRUBBING.name());
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
