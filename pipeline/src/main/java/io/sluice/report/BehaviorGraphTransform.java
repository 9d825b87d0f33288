package io.sluice.report;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.when;

import io.sluice.schemas.BehaviorModelTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Keeps the largest behavior models, each with its most frequent transitions. */
final class BehaviorGraphTransform {
    static final int MODELS = 12;
    static final int TRANSITIONS = 400;
    static final String TRANSITION_COUNT = "transition_count";

    private BehaviorGraphTransform() {}

    /** Models -> the same columns, fewer rows, transitions in falling order of count. */
    static Dataset<Row> of(Dataset<Row> models) {
        return models.select(
                        col(BehaviorModelTable.MODEL_ID),
                        col(BehaviorModelTable.CLUSTER),
                        col(BehaviorModelTable.NAME),
                        col(BehaviorModelTable.ALGORITHM),
                        col(BehaviorModelTable.SESSION_COUNT),
                        col(BehaviorModelTable.ACTOR_COUNT),
                        col(BehaviorModelTable.WEIGHT),
                        col(BehaviorModelTable.ARRIVALS_PER_MINUTE),
                        col(BehaviorModelTable.SOURCE_VERSION),
                        size(col(BehaviorModelTable.TRANSITIONS)).as(TRANSITION_COUNT),
                        slice(
                                        array_sort(
                                                col(BehaviorModelTable.TRANSITIONS),
                                                BehaviorGraphTransform::byFallingCount),
                                        1,
                                        TRANSITIONS)
                                .as(BehaviorModelTable.TRANSITIONS))
                .orderBy(col(BehaviorModelTable.WEIGHT).desc(), col(BehaviorModelTable.MODEL_ID))
                .limit(MODELS);
    }

    private static Column byFallingCount(Column left, Column right) {
        Column first = left.getField("count");
        Column second = right.getField("count");
        return when(first.gt(second), lit(-1)).when(first.lt(second), lit(1)).otherwise(lit(0));
    }
}
