package io.sluice.report;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import io.sluice.schemas.RejectTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts rejects by stage, format and reason. */
final class RejectSummaryTransform {
    static final int REASONS = 50;
    static final String REJECTS = "rejects";
    static final String OBJECTS = "objects";

    private RejectSummaryTransform() {}

    /** Rejects -> {@code stage, source_format, reason, rejects, objects, detail}, the most frequent first. */
    static Dataset<Row> of(Dataset<Row> rejects) {
        return rejects.groupBy(
                        col(RejectTable.STAGE),
                        coalesce(col(RejectTable.SOURCE_FORMAT), lit("unknown")).as(RejectTable.SOURCE_FORMAT),
                        col(RejectTable.REASON))
                .agg(
                        count(lit(1)).as(REJECTS),
                        count_distinct(col(RejectTable.SOURCE_OBJECT)).as(OBJECTS),
                        min(RejectTable.DETAIL).as(RejectTable.DETAIL))
                .orderBy(col(REJECTS).desc(), col(RejectTable.REASON), col(RejectTable.STAGE))
                .limit(REASONS);
    }
}
