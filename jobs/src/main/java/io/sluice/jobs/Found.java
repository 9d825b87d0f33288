package io.sluice.jobs;

import static java.util.stream.Collectors.toCollection;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.sluice.lake.SessionSettings;
import io.sluice.lake.StoredObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.ValueTraces;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import io.sluice.schemas.TableSpec;
import io.sluice.scrub.ScopeTransform;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.ScrubRequests;
import io.sluice.scrub.search.Scope;
import io.sluice.scrub.search.SearchPlan;
import io.sluice.tenant.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What scrub requests ask for, as far as it is known at first: where all that they select is in the blind index, that is
 * asked, and only what the index does not lead to is read; else, and where exchanges stay, everything is read.
 *
 * @param objects all that was stored
 * @param scan those that were read
 * @param landing what takes values out of landing files, with what ingest recorded of them
 */
record Found(Selection exchanges, List<StoredObject> objects, StorageScan scan, LandingClearing landing) {
    /** Tables whose rows are found by the ids of exchanges, and which hold most of what is stored. */
    private static final List<TableSpec> FOUND_BY_ID =
            List.of(ExchangeTable.SPEC, IdentifierTable.SPEC, SessionStepTable.SPEC);

    private static final StructType HASHES = new StructType()
            .add(IdentifierTable.IDENTIFIER_HASH, DataTypes.StringType, false)
            .add(Selection.REQUEST, DataTypes.IntegerType, false);

    static Found of(TenantTables tables, ScrubRequests requests, ScrubLedger ledger) {
        List<StoredObject> objects = tables.objects().list();
        ScrubRequest all = requests.joined();
        refuseHalfLearned(tables, all, ledger);
        SearchPlan values = ScrubRequestFile.searchPlan(all, tables);
        LandingClearing landing = new LandingClearing(tables);
        try (Beside<Selection> indexed = Beside.start("index", () -> indexed(tables, requests))) {
            StorageScan scan = StorageScan.of(
                    tables,
                    values,
                    all.isOfIdentifiers() && !all.keepsExchanges() ? besideTheIndex(landing, objects) : objects);
            Selection exchanges = seen(tables, requests, scan, landing).and(indexed.get());
            return new Found(widened(tables, all, exchanges), objects, scan, landing);
        }
    }

    /** The exchanges that a later {@code scan} leads to, with what is to go with them. */
    Selection exchanges(TenantTables tables, ScrubRequests requests, StorageScan scan) {
        return widened(tables, requests.joined(), seen(tables, requests, scan, landing));
    }

    /** By what is stored of exchanges, and, unless they stay, by the landing rows of which they were made. */
    private static Selection seen(
            TenantTables tables, ScrubRequests requests, StorageScan scan, LandingClearing landing) {
        Selection seen = scan.exchanges(requests);
        return requests.joined().keepsExchanges()
                ? seen
                : seen.and(within(requests.joined().scope(), tables, landing.exchanges(scan, requests)));
    }

    private static Selection widened(TenantTables tables, ScrubRequest request, Selection exchanges) {
        return request.expand() == ScrubRequest.Expand.ACTOR && !exchanges.isEmpty()
                ? exchanges.and(within(request.scope(), tables, ofTheSameActors(tables, exchanges)))
                : exchanges;
    }

    /** The hashes under which the blind index may know the values. */
    static List<String> indexHashes(TenantTables tables, ScrubRequest request) {
        ValueTraces traces = new ValueTraces(tables.key());
        return request.values().stream()
                .flatMap(selector -> traces.indexHashes(selector.kind(), selector.value()).stream())
                .distinct()
                .toList();
    }

    private static Selection indexed(TenantTables tables, ScrubRequests requests) {
        List<Row> hashes = new ArrayList<>();
        for (int i = 0; i < requests.all().size(); i++) {
            for (String hash : indexHashes(tables, requests.all().get(i))) {
                hashes.add(RowFactory.create(hash, i));
            }
        }
        Dataset<Row> identifiers = tables.read(IdentifierTable.SPEC);
        Dataset<Row> wanted = identifiers.sparkSession().createDataFrame(hashes, HASHES);
        if (hashes.size() <= SessionSettings.MOST_VALUES_ASKED_FOR) { // by Bloom filters, most is passed over
            identifiers = identifiers.where(col(IdentifierTable.IDENTIFIER_HASH)
                    .isInCollection(hashes.stream().map(row -> row.getString(0)).toList()));
        }
        return within(
                requests.joined().scope(),
                tables,
                identifiers.join(broadcast(wanted), IdentifierTable.IDENTIFIER_HASH));
    }

    private static Selection within(Scope scope, TenantTables tables, Selection selected) {
        return scope.isEverything() || selected.isEmpty()
                ? selected
                : within(
                        scope,
                        tables,
                        selected.rows(tables.read(ExchangeTable.SPEC).sparkSession()));
    }

    /** Those of {@code selected}, rows of a {@link Selection}, that are there now and belong to a scope. */
    private static Selection within(Scope scope, TenantTables tables, Dataset<Row> selected) {
        if (scope.isEverything()) {
            return Selection.of(selected);
        }
        Dataset<Row> keys =
                selected.select(ExchangeTable.EXCHANGE_ID, Selection.REQUEST).distinct();
        return Selection.of(tables.read(ExchangeTable.SPEC)
                .where(ScopeTransform.of(scope, ExchangeTable.SPEC.schema()))
                .join(broadcast(keys), ExchangeTable.EXCHANGE_ID));
    }

    /** All exchanges of the actors in whose sessions one of {@code exchanges} stands, as rows of a selection. */
    private static Dataset<Row> ofTheSameActors(TenantTables tables, Selection exchanges) {
        if (!tables.exists(SessionStepTable.SPEC)) {
            throw SluiceException.refused(
                    "Cannot scrub",
                    "expand: actor needs to know the actors, which nothing was learned of",
                    "Run learn first");
        }
        Dataset<Row> steps =
                tables.read(SessionStepTable.SPEC).select(SessionStepTable.SESSION_ID, SessionStepTable.EXCHANGE_ID);
        Dataset<Row> sessions = tables.read(SessionTable.SPEC).select(SessionTable.SESSION_ID, SessionTable.ACTOR);
        Dataset<Row> actors = steps.join(broadcast(exchanges.rows(steps.sparkSession())), SessionStepTable.EXCHANGE_ID)
                .join(sessions, SessionStepTable.SESSION_ID)
                .select(SessionTable.ACTOR, Selection.REQUEST)
                .distinct();
        return sessions.join(broadcast(actors), SessionTable.ACTOR).join(steps, SessionStepTable.SESSION_ID);
    }

    /** Sessions and their steps are replaced one after the other: in between, no step may lead to its session. */
    private static void refuseHalfLearned(TenantTables tables, ScrubRequest request, ScrubLedger ledger) {
        if (request.expand() != ScrubRequest.Expand.ACTOR) {
            return;
        }
        Set<String> learned = runs(tables, SessionStepTable.SPEC);
        if (!learned.equals(runs(tables, SessionTable.SPEC))
                // Stopped there themselves, they have noted before what their actors did.
                && !ledger.wereAllIn(learned)) {
            throw SluiceException.refused(
                    "Cannot scrub",
                    "expand: actor needs to know the actors, and learning about them was stopped half way",
                    "Run learn first, or the scrub again that was stopped");
        }
    }

    private static Set<String> runs(TenantTables tables, TableSpec table) {
        return Set.copyOf(tables.read(table)
                .select(SessionTable.RUN_ID)
                .distinct()
                .as(Encoders.STRING())
                .collectAsList());
    }

    private static List<StoredObject> besideTheIndex(LandingClearing landing, List<StoredObject> objects) {
        Set<String> ingested = landing.ingested().stream()
                .map(file -> StoredObjects.LANDING + file.name())
                .collect(toCollection(TreeSet::new));
        return objects.stream()
                .filter(object -> !ingested.contains(object.name())
                        && FOUND_BY_ID.stream().noneMatch(table -> HistoryBlanking.isDataOf(table, object.name())))
                .toList();
    }
}
