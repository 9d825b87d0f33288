package io.sluice.jobs;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;

import io.sluice.lake.LandingObject;
import io.sluice.lake.StoredObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.ValueTraces;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.LandingObjectTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import io.sluice.schemas.TableSpec;
import io.sluice.scrub.ScopeTransform;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.search.Scope;
import io.sluice.tenant.SluiceException;
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
 * What a scrub request asks for, as far as it is known at first: where all that it selects is in the blind index, that is
 * asked, and only what the index does not lead to is read; else, and where exchanges stay, everything is read.
 *
 * @param exchanges ids
 * @param objects all that was stored
 * @param scan those that were read
 */
record Found(TreeSet<String> exchanges, List<StoredObject> objects, StorageScan scan) {
    /** Tables whose rows are found by the ids of exchanges, and which hold most of what is stored. */
    private static final List<TableSpec> FOUND_BY_ID =
            List.of(ExchangeTable.SPEC, IdentifierTable.SPEC, SessionStepTable.SPEC);

    static Found of(TenantTables tables, ScrubRequest request) {
        List<StoredObject> objects = tables.objects().list();
        StorageScan scan = StorageScan.of(
                tables,
                ScrubRequestFile.searchPlan(request, tables),
                request.isOfIdentifiers() && !request.keepsExchanges() ? besideTheIndex(tables, objects) : objects);
        TreeSet<String> exchanges = new TreeSet<>(scan.exchanges());
        exchanges.addAll(indexed(tables, request));
        return new Found(widened(tables, request, exchanges), objects, scan);
    }

    /** With {@code exchanges}, what the request wants to go with them. */
    static TreeSet<String> widened(TenantTables tables, ScrubRequest request, Set<String> exchanges) {
        TreeSet<String> all = new TreeSet<>(exchanges);
        if (request.expand() == ScrubRequest.Expand.ACTOR && !exchanges.isEmpty()) {
            all.addAll(within(request.scope(), tables, ofTheSameActors(tables, exchanges)));
        }
        return all;
    }

    /** The hashes under which the blind index may know the values. */
    static List<String> indexHashes(TenantTables tables, ScrubRequest request) {
        ValueTraces traces = new ValueTraces(tables.key());
        return request.values().stream()
                .flatMap(selector -> traces.indexHashes(selector.kind(), selector.value()).stream())
                .distinct()
                .toList();
    }

    /** Landing files of which ingest has made exchanges, as they lie there now. */
    private static List<LandingObject> ingested(TenantTables tables) {
        Dataset<Row> taken = tables.read(LandingObjectTable.SPEC)
                .where(col(LandingObjectTable.BATCH).leq(tables.committed(ExchangeTable.SPEC, IngestRun.STREAM)));
        Set<LandingObject> accepted = taken
                .groupBy(LandingObjectTable.OBJECT, LandingObjectTable.BYTES, LandingObjectTable.MODIFIED_AT)
                .agg(count(LandingObjectTable.REASON).as("refusals")) // also of one that was found damaged later
                .where("refusals = 0")
                .collectAsList()
                .stream()
                .map(row -> new LandingObject(row.getString(0), row.getLong(1), row.getInstant(2)))
                .collect(toSet());
        return tables.landing().list().stream().filter(accepted::contains).toList();
    }

    private static Set<String> indexed(TenantTables tables, ScrubRequest request) {
        Dataset<Row> identifiers = tables.read(IdentifierTable.SPEC);
        Dataset<Row> hashes = column(identifiers, IdentifierTable.IDENTIFIER_HASH, indexHashes(tables, request));
        return within(
                request.scope(),
                tables,
                identifiers
                        .join(broadcast(hashes), IdentifierTable.IDENTIFIER_HASH)
                        .select(IdentifierTable.EXCHANGE_ID));
    }

    /** Those of {@code ids}, a column of exchanges that are there now, that belong to a scope. */
    private static Set<String> within(Scope scope, TenantTables tables, Dataset<Row> ids) {
        return ids(
                scope.isEverything()
                        ? ids
                        : tables.read(ExchangeTable.SPEC)
                                .where(ScopeTransform.of(scope, ExchangeTable.SPEC.schema()))
                                .join(broadcast(ids.distinct()), ExchangeTable.EXCHANGE_ID)
                                .select(ExchangeTable.EXCHANGE_ID));
    }

    /** All exchanges of the actors in whose sessions one of {@code exchanges} stands. */
    private static Dataset<Row> ofTheSameActors(TenantTables tables, Set<String> exchanges) {
        if (!tables.exists(SessionStepTable.SPEC)) {
            throw SluiceException.refused(
                    "Cannot scrub",
                    "expand: actor needs to know the actors, which nothing was learned of",
                    "Run learn first");
        }
        Dataset<Row> steps = tables.read(SessionStepTable.SPEC);
        Dataset<Row> sessions = tables.read(SessionTable.SPEC).select(SessionTable.SESSION_ID, SessionTable.ACTOR);
        Dataset<Row> given = column(steps, SessionStepTable.EXCHANGE_ID, List.copyOf(exchanges));
        Dataset<Row> actors = steps.join(broadcast(given), SessionStepTable.EXCHANGE_ID)
                .join(sessions, SessionStepTable.SESSION_ID)
                .select(SessionTable.ACTOR)
                .distinct();
        return sessions.join(broadcast(actors), SessionTable.ACTOR)
                .join(steps, SessionStepTable.SESSION_ID)
                .select(SessionStepTable.EXCHANGE_ID);
    }

    private static Dataset<Row> column(Dataset<Row> origin, String name, List<String> values) {
        return origin.sparkSession()
                .createDataFrame(
                        values.stream().map(RowFactory::create).toList(),
                        new StructType().add(name, DataTypes.StringType, false));
    }

    private static Set<String> ids(Dataset<Row> column) {
        return Set.copyOf(column.distinct().as(Encoders.STRING()).collectAsList());
    }

    private static List<StoredObject> besideTheIndex(TenantTables tables, List<StoredObject> objects) {
        Set<String> ingested = ingested(tables).stream()
                .map(file -> StoredObjects.LANDING + file.name())
                .collect(toCollection(TreeSet::new));
        return objects.stream()
                .filter(object -> !ingested.contains(object.name())
                        && FOUND_BY_ID.stream().noneMatch(table -> HistoryBlanking.isDataOf(table, object.name())))
                .toList();
    }
}
