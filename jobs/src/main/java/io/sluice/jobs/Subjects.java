package io.sluice.jobs;

import static org.apache.spark.sql.functions.broadcast;

import io.sluice.lake.TenantTables;
import io.sluice.redaction.ValueTraces;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.search.ScannedObject;
import io.sluice.scrub.search.SightingTransform;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Finds what a scrub request asks for. */
final class Subjects {
    private static final StructType HASH =
            new StructType().add(IdentifierTable.IDENTIFIER_HASH, DataTypes.StringType, false);

    private Subjects() {}

    /** Ids of the exchanges in which a value stands: by the blind index, and by looking at each. */
    static Dataset<Row> exchanges(TenantTables tables, ScrubRequest request, UnaryOperator<Dataset<Row>> keep) {
        Dataset<Row> exchanges = tables.read(ExchangeTable.SPEC);
        Dataset<Row> hashes = exchanges
                .sparkSession()
                .createDataFrame(
                        indexHashes(tables, request).stream()
                                .map(RowFactory::create)
                                .toList(),
                        HASH);
        Dataset<Row> indexed = tables.read(IdentifierTable.SPEC)
                .join(broadcast(hashes), IdentifierTable.IDENTIFIER_HASH)
                .select(IdentifierTable.EXCHANGE_ID);
        Dataset<Row> seen =
                SightingTransform.apply(exchanges, ExchangeTable.EXCHANGE_ID, request.searchPlan(tables.key()));
        return keep.apply(indexed.union(seen).distinct());
    }

    /** The hashes under which the blind index may know the values. */
    static List<String> indexHashes(TenantTables tables, ScrubRequest request) {
        ValueTraces traces = new ValueTraces(tables.key());
        return request.selectors().stream()
                .flatMap(selector -> traces.indexHashes(selector.kind(), selector.value()).stream())
                .distinct()
                .toList();
    }

    /** What holds a value, by area: a table, or the first folder below the tenant's root. */
    static List<ScrubJob.Held> held(StorageScan scan) {
        Map<String, ScrubJob.Held> areas = new TreeMap<>();
        for (ScannedObject object : scan.holding("")) {
            String[] path = object.name().split("/", 3);
            String area = path[0].equals("tables") && path.length > 1 ? path[0] + "/" + path[1] : path[0];
            areas.merge(
                    area,
                    new ScrubJob.Held(area, 1, object.bytes()),
                    (one, more) -> new ScrubJob.Held(area, one.objects() + more.objects(), one.bytes() + more.bytes()));
        }
        return List.copyOf(areas.values());
    }
}
