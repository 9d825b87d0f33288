package io.sluice.behavior;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.sluice.schemas.SessionStepTable;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import scala.collection.Seq;

/**
 * Session steps -> one vector per session: how often it used each endpoint and each transition, damped so that one who
 * goes round a loop five times is near one who goes twice, and of length 1. Features are placed by hash, so that no
 * vocabulary must be collected.
 */
public final class SessionVectorTransform {
    /** The vector of a session. */
    public static final String FEATURES = "features";

    private static final int SIZE = 4096;
    private static final double DAMPING = 0.25;
    private static final String TOKEN = "token";
    private static final String PLACE = "place";
    private static final String WEIGHT = "weight";
    private static final String TOKENS = "tokens";

    private static final UserDefinedFunction SPARSE =
            udf((UDF1<Seq<Row>, Vector>) SessionVectorTransform::sparse, SQLDataTypes.VectorType());

    private SessionVectorTransform() {}

    /**
     * The vectors of the sessions in {@code steps}.
     *
     * @return session_id, features
     */
    public static Dataset<Row> apply(Dataset<Row> steps) {
        return steps.select(col(SessionStepTable.SESSION_ID), tokens().as(TOKENS))
                .select(col(SessionStepTable.SESSION_ID), explode(col(TOKENS)).as(TOKEN))
                .groupBy(
                        col(SessionStepTable.SESSION_ID),
                        pmod(xxhash64(col(TOKEN)), lit(SIZE)).cast("int").as(PLACE))
                .agg(count(lit(1)).as(TOKENS))
                .withColumn(WEIGHT, pow(col(TOKENS), lit(DAMPING)))
                .withColumn(
                        WEIGHT,
                        col(WEIGHT)
                                .divide(sqrt(sum(col(WEIGHT).multiply(col(WEIGHT)))
                                        .over(Window.partitionBy(SessionStepTable.SESSION_ID)))))
                .groupBy(SessionStepTable.SESSION_ID)
                .agg(array_sort(collect_list(struct(col(PLACE), col(WEIGHT)))).as(TOKENS))
                .select(
                        col(SessionStepTable.SESSION_ID),
                        SPARSE.apply(col(TOKENS)).as(FEATURES));
    }

    /** The endpoint, apart where it failed, and the transition that led to it. */
    private static Column tokens() {
        Column failure = when(
                col(SessionStepTable.STATUS).geq(400),
                concat(lit("!"), floor(col(SessionStepTable.STATUS).divide(100)).cast("string")));
        Column endpoint = concat(col(SessionStepTable.ENDPOINT_ID), coalesce(failure, lit("")));
        Column previous = lag(SessionStepTable.ENDPOINT_ID, 1)
                .over(Window.partitionBy(SessionStepTable.SESSION_ID).orderBy(SessionStepTable.STEP_INDEX));
        return array(endpoint, concat_ws(">", coalesce(previous, lit("")), col(SessionStepTable.ENDPOINT_ID)));
    }

    private static Vector sparse(Seq<Row> weights) {
        int[] places = new int[weights.size()];
        double[] values = new double[weights.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = weights.apply(i).getInt(0);
            values[i] = weights.apply(i).getDouble(1);
        }
        return Vectors.sparse(SIZE, places, values);
    }
}
