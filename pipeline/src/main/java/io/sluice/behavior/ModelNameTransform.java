package io.sluice.behavior;

import static org.apache.spark.sql.functions.array_join;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;

import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Clustered sessions -> a readable name per model, made of the two endpoints that set it most apart. */
public final class ModelNameTransform {
    private static final int ENDPOINTS = 2;
    private static final String USERS = "users";
    private static final String SIZE = "size";
    private static final String APART = "apart";
    private static final String PLACE = "place";

    private ModelNameTransform() {}

    /**
     * Names the models.
     *
     * @return model_id, name, e.g. {@code POST /orders, GET /cart}
     */
    public static Dataset<Row> apply(Dataset<Row> sessions, Dataset<Row> steps, Dataset<Row> endpoints) {
        Dataset<Row> models =
                sessions.groupBy(SessionTable.MODEL_ID).agg(count(lit(1)).as(SIZE));
        Dataset<Row> all = sessions.agg(count(lit(1)).as("all_sessions"));
        Column inside = col(USERS).divide(col(SIZE));
        Column outside = col("all_users")
                .minus(col(USERS))
                .divide(greatest(col("all_sessions").minus(col(SIZE)), lit(1)));
        Column place = row_number()
                .over(Window.partitionBy(SessionTable.MODEL_ID)
                        .orderBy(col(APART).desc(), col("spoken")));
        Column spoken = concat_ws(" ", col(EndpointTable.METHOD), col(EndpointTable.TEMPLATE));
        return steps.join(sessions.select(SessionTable.SESSION_ID, SessionTable.MODEL_ID), SessionTable.SESSION_ID)
                .groupBy(SessionTable.MODEL_ID, SessionStepTable.ENDPOINT_ID)
                .agg(countDistinct(SessionStepTable.SESSION_ID).as(USERS))
                .withColumn("all_users", sum(USERS).over(Window.partitionBy(SessionStepTable.ENDPOINT_ID)))
                .join(broadcast(models), SessionTable.MODEL_ID)
                .crossJoin(broadcast(all))
                .withColumn(APART, inside.minus(outside))
                .join(
                        broadcast(endpoints.select(col(EndpointTable.ENDPOINT_ID), spoken.as("spoken"))),
                        EndpointTable.ENDPOINT_ID)
                .withColumn(PLACE, place)
                .where(col(PLACE).leq(ENDPOINTS))
                .groupBy(SessionTable.MODEL_ID)
                .agg(array_join(
                                transform(
                                        array_sort(collect_list(struct(col(PLACE), col("spoken")))),
                                        named -> named.getField("spoken")),
                                ", ")
                        .as(BehaviorModelTable.NAME));
    }
}
