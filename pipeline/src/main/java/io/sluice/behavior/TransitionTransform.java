package io.sluice.behavior;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lead;
import static org.apache.spark.sql.functions.lit;

import io.sluice.schemas.SessionStepTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;

/** Session steps -> every move from one endpoint to the next, with the start and the end of each session. */
public final class TransitionTransform {
    /** Null at the start of a session. */
    public static final String FROM = "from_endpoint_id";

    /** Null at the end of a session. */
    public static final String TO = "to_endpoint_id";

    private static final String NEXT = "next";

    private TransitionTransform() {}

    /**
     * The moves in {@code steps}.
     *
     * @return session_id, from_endpoint_id, to_endpoint_id, think_time_ms
     */
    public static Dataset<Row> apply(Dataset<Row> steps) {
        WindowSpec session = Window.partitionBy(SessionStepTable.SESSION_ID).orderBy(SessionStepTable.STEP_INDEX);
        Dataset<Row> moves = steps.select(
                col(SessionStepTable.SESSION_ID),
                lag(SessionStepTable.ENDPOINT_ID, 1).over(session).as(FROM),
                col(SessionStepTable.ENDPOINT_ID).as(TO),
                lead(SessionStepTable.ENDPOINT_ID, 1).over(session).as(NEXT),
                col(SessionStepTable.THINK_TIME_MS));
        Dataset<Row> ends = moves.where(col(NEXT).isNull())
                .select(
                        col(SessionStepTable.SESSION_ID),
                        col(TO).as(FROM),
                        lit(null).cast(DataTypes.StringType).as(TO),
                        lit(null).cast(DataTypes.LongType).as(SessionStepTable.THINK_TIME_MS));
        return moves.drop(NEXT).unionByName(ends);
    }
}
