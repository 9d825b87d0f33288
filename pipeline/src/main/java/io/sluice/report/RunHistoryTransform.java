package io.sluice.report;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.unix_millis;
import static org.apache.spark.sql.functions.when;

import io.sluice.schemas.LineageEdgeTable;
import io.sluice.schemas.RunTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Lists the latest runs with the tables that each read and wrote. */
final class RunHistoryTransform {
    static final int RUNS = 100;
    static final String STARTED_MILLIS = "started_ms";
    static final String ENDED_MILLIS = "ended_ms";
    static final String READS = "reads";
    static final String WRITES = "writes";

    private static final int OBJECTS = 20;

    private RunHistoryTransform() {}

    /** Runs and lineage edges -> the newest runs first; an object reads like {@code table:exchange@4}. */
    static Dataset<Row> of(Dataset<Row> runs, Dataset<Row> edges) {
        Dataset<Row> latest = runs.select(
                        col(RunTable.RUN_ID),
                        col(RunTable.JOB),
                        col(RunTable.RELEASE),
                        col(RunTable.STATE),
                        unix_millis(col(RunTable.STARTED_AT)).as(STARTED_MILLIS),
                        unix_millis(col(RunTable.ENDED_AT)).as(ENDED_MILLIS),
                        col(RunTable.EXECUTOR_MS),
                        col(RunTable.BYTES_READ),
                        col(RunTable.BYTES_WRITTEN))
                .orderBy(col(STARTED_MILLIS).desc(), col(RunTable.RUN_ID))
                .limit(RUNS);
        Dataset<Row> touched = edges.join(latest.select(RunTable.RUN_ID), RunTable.RUN_ID)
                .groupBy(LineageEdgeTable.RUN_ID)
                .agg(objects("READ").as(READS), objects("WRITE").as(WRITES));
        return latest.join(touched, new String[] {RunTable.RUN_ID}, "left")
                .orderBy(col(STARTED_MILLIS).desc(), col(RunTable.RUN_ID));
    }

    private static Column objects(String access) {
        Column version = coalesce(concat(lit("@"), col(LineageEdgeTable.VERSION).cast("string")), lit(""));
        Column object =
                when(col(LineageEdgeTable.ACCESS).equalTo(access), concat(col(LineageEdgeTable.OBJECT), version));
        return slice(array_sort(collect_set(object)), 1, OBJECTS);
    }
}
