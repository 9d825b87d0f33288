package io.sluice.jobs;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.sluice.lake.StoredObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.TableSpec;
import io.sluice.schemas.Tables;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows change, and the versions of it, from the oldest that can be read, that will not hold them.
 *
 * @param newest what of its newest version changes; null where single rows are masked, and where a scrub follows at once,
 *     which counts what it does
 */
record Touched(
        String table,
        long oldestVersion,
        long newestVersion,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Extent newest) {
    private static final String FILE = "file";
    private static final String ROWS = "rows";

    /** Rows, and the data files that they lie in. */
    record Extent(long rows, long files, long bytes) {}

    /** The tables that {@code found} leads to; {@code counted} with what of them changes, for which their files are read. */
    static List<Touched> of(TenantTables tables, Found found, boolean counted) {
        Stream<TableSpec> changed = found.exchanges().isEmpty()
                ? Stream.of()
                : Stream.concat(ScrubRun.FROM_EXCHANGES.stream(), Stream.of(IdentifierTable.SPEC));
        Stream<TableSpec> holding = Tables.ALL.stream()
                .filter(table ->
                        !found.scan().holding(StoredObjects.folderOf(table)).isEmpty());
        return Stream.concat(changed, holding)
                .distinct()
                .filter(tables::exists)
                .map(table -> new Touched(
                        table.name(),
                        tables.oldestVersion(table),
                        tables.version(table),
                        counted ? extent(tables, table, found) : null))
                .toList();
    }

    /** Of the rows of the exchanges that were found or, in a table that is learned anew, of all; null where it is neither. */
    private static @Nullable Extent extent(TenantTables tables, TableSpec table, Found found) {
        boolean byExchange = List.of(ExchangeTable.SPEC, IdentifierTable.SPEC).contains(table);
        if (found.exchanges().isEmpty() || !(byExchange || LearnJob.LEARNED.contains(table))) {
            return null;
        }
        Dataset<Row> rows = tables.read(table);
        Dataset<Row> placed = byExchange
                ? Selection.those(
                        rows.select(col(ExchangeTable.EXCHANGE_ID), file()),
                        found.exchanges().all())
                : rows.select(file());
        List<Row> files = placed.groupBy(FILE).agg(count(lit(1)).as(ROWS)).collectAsList();
        Map<String, Long> bytes = found.objects().stream()
                .filter(object -> object.name().startsWith(StoredObjects.folderOf(table))
                        && !StoredObject.isEarlier(object.name()))
                .collect(toMap(object -> lastOf(object.name()), StoredObject::bytes, (one, other) -> one));
        return new Extent(
                files.stream().mapToLong(row -> row.getLong(1)).sum(),
                files.size(),
                files.stream()
                        .mapToLong(row -> bytes.getOrDefault(lastOf(row.getString(0)), 0L))
                        .sum());
    }

    private static Column file() {
        return col("_metadata.file_path").as(FILE);
    }

    private static String lastOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
