package io.sluice.lake;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import io.sluice.schemas.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Commits rows to one Delta table, each commit with its note; the first one creates the table. */
final class TableWriter {
    private static final String NOTE_SETTING = "spark.databricks.delta.commitInfo.userMetadata";
    private static final String RUN_ID = "run_id";
    private static final int MOST_KEYS_IN_LOG = 1000;

    private final SparkSession spark;
    private final TableSpec table;
    private final Path path;
    private final TableLog log;

    TableWriter(SparkSession spark, TableSpec table, Path path) {
        this.spark = spark;
        this.table = table;
        this.path = path;
        this.log = new TableLog(spark, path);
    }

    /** Appends unless {@code transaction} already committed {@code number} or a higher one. */
    Written append(Dataset<Row> rows, String note, Map.Entry<String, Long> transaction) {
        Map<String, String> once = Map.of(
                "txnAppId", transaction.getKey(),
                "txnVersion", Long.toString(transaction.getValue()));
        return write(rows, SaveMode.Append, note, once);
    }

    /** Appends, however often. */
    Written append(Dataset<Row> rows, String note) {
        return write(rows, SaveMode.Append, note, Map.of());
    }

    /** Replaces all rows in one commit. */
    Written replace(Dataset<Row> rows, String note) {
        return write(rows, SaveMode.Overwrite, note, Map.of());
    }

    /**
     * Deletes the rows whose {@code key}, a text column, is one of {@code keys}, where {@code condition} holds. The keys may stand in the plan and in the log,
     * which lets files be passed over; so many that they would fill the log are joined.
     */
    Written erase(Set<String> keys, String key, Column condition, String note) {
        return noted(note, (session, stored) -> {
            if (keys.size() <= MOST_KEYS_IN_LOG) {
                stored.delete(functions.col(key).isInCollection(keys).and(condition));
                return "numDeletedRows";
            }
            joined(session, stored, keys, key).whenMatched(condition).delete().execute();
            return "numTargetRowsDeleted";
        });
    }

    /** Changes the rows whose {@code key}, a text column, is one of {@code keys}, where {@code change} applies to them. */
    Written change(Set<String> keys, String key, RowChange change, String note) {
        return noted(note, (session, stored) -> {
            joined(session, stored, keys, key)
                    .whenMatched(change.applies())
                    .update(change.columns())
                    .execute();
            return "numTargetRowsUpdated";
        });
    }

    /** Changes the rows to which {@code change} applies; all are looked at. */
    Written change(RowChange change, String note) {
        return noted(note, (session, stored) -> {
            stored.update(change.applies(), change.columns());
            return "numUpdatedRows";
        });
    }

    private static DeltaMergeBuilder joined(SparkSession session, DeltaTable stored, Set<String> keys, String key) {
        Dataset<Row> given = session.createDataFrame(
                keys.stream().map(RowFactory::create).toList(), new StructType().add(key, DataTypes.StringType, false));
        return stored.as("stored").merge(given.as("given"), "stored." + key + " = given." + key);
    }

    /** Does something to the stored table, which says where Delta counts the rows. */
    private Written noted(String note, BiFunction<SparkSession, DeltaTable, String> work) {
        long before = log.version();
        SparkSession noting = noting(spark, note);
        String rowCount = work.apply(noting, DeltaTable.forPath(noting, path.toString()));
        return found(before, note, rowCount);
    }

    /** A session whose commits carry {@code note}, whatever others commit meanwhile. */
    private static SparkSession noting(SparkSession spark, String note) {
        SparkSession apart = spark.newSession();
        apart.conf().set(NOTE_SETTING, note);
        return apart;
    }

    /** The columns of the declaration in its order, with the run id filled in; a column that is missing is refused. */
    static Dataset<Row> shaped(TableSpec table, Dataset<Row> rows, String runId) {
        List<String> given = List.of(rows.columns());
        List<String> missing = table.columnNames().stream()
                .filter(column -> !given.contains(column) && !column.equals(RUN_ID))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("rows for table " + table.name() + " lack " + missing);
        }
        Column[] columns = table.columnNames().stream()
                .map(column -> column.equals(RUN_ID) ? functions.lit(runId).as(RUN_ID) : functions.col(column))
                .toArray(Column[]::new);
        return rows.select(columns);
    }

    private Written write(Dataset<Row> rows, SaveMode mode, String note, Map<String, String> options) {
        try {
            return commit(rows, mode, note, options);
        } catch (FSError e) { // how Hadoop tells of a full local disk; not a reason to end the process
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private Written commit(Dataset<Row> rows, SaveMode mode, String note, Map<String, String> options) {
        if (log.version() == TableLog.ABSENT) {
            new TableCreation(noting(spark, note), table, path).create();
        }
        long before = log.version();
        rows.write()
                .format("delta")
                .mode(mode)
                .option("userMetadata", note)
                .options(options)
                .save(path.toString());
        return found(before, note, "numOutputRows");
    }

    /** Looks for the commit between {@code before} and now that carries our note, since others may write beside us. */
    private Written found(long before, String note, String rowCount) {
        long newest = log.version();
        for (long version = newest; version > before; version--) {
            JsonNode commit = log.commit(version);
            if (commit.path("userMetadata").asText().equals(note)) {
                return new Written(
                        version, commit.path("operationMetrics").path(rowCount).asLong());
            }
        }
        return new Written(newest, 0);
    }
}
