package io.sluice.behavior;

import static io.sluice.behavior.TransitionTransform.FROM;
import static io.sluice.behavior.TransitionTransform.TO;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_seconds;

import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;

/** Clustered sessions -> the rows of {@code behavior_model}: a first-order Markov model per cluster. */
public final class BehaviorModelTransform {
    private static final int BUCKET_SECONDS = 10;

    /** A longer silence means that nothing was captured. */
    private static final int LONGEST_SILENCE_SECONDS = 900;

    private static final String BUCKET = "bucket";
    private static final String MINUTES = "minutes";
    private static final String ALL = "all";

    private BehaviorModelTransform() {}

    /** The id of the model of a cluster; the same where the same is learned from, which {@code lesson} tells. */
    public static Column modelId(String lesson) {
        Column identity = concat_ws(
                ":",
                lit(BehaviorTrainer.ALGORITHM),
                lit(BehaviorTrainer.ALGORITHM_VERSION),
                lit(lesson),
                col(SessionTable.CLUSTER));
        return substring(sha2(identity, 256), 1, 16);
    }

    /**
     * One row per cluster.
     *
     * @param sessions rows of the table of sessions, with cluster and model id
     * @param byCluster the transitions of each cluster, as {@link #byCluster} counts them
     * @return the columns of {@code behavior_model} but for name, source version and run
     */
    public static Dataset<Row> apply(Dataset<Row> sessions, Dataset<Row> steps, Dataset<Row> byCluster) {
        Dataset<Row> learned = byCluster
                .groupBy(SessionTable.CLUSTER)
                .agg(array_sort(collect_list(
                                struct(col(FROM), col(TO), col("count"), col("probability"), col("think_time_ms"))))
                        .as(BehaviorModelTable.TRANSITIONS));
        return sessions.groupBy(SessionTable.CLUSTER, SessionTable.MODEL_ID)
                .agg(
                        count(lit(1)).as(BehaviorModelTable.SESSION_COUNT),
                        countDistinct(SessionTable.ACTOR).as(BehaviorModelTable.ACTOR_COUNT))
                .join(learned, SessionTable.CLUSTER)
                .crossJoin(broadcast(sessions.agg(count(lit(1)).as(ALL))))
                .crossJoin(broadcast(captured(steps)))
                .select(
                        col(BehaviorModelTable.MODEL_ID),
                        col(BehaviorModelTable.CLUSTER),
                        lit(BehaviorTrainer.ALGORITHM).as(BehaviorModelTable.ALGORITHM),
                        lit(BehaviorTrainer.ALGORITHM_VERSION).as(BehaviorModelTable.ALGORITHM_VERSION),
                        col(BehaviorModelTable.SESSION_COUNT),
                        col(BehaviorModelTable.ACTOR_COUNT),
                        col(BehaviorModelTable.SESSION_COUNT).divide(col(ALL)).as(BehaviorModelTable.WEIGHT),
                        col(BehaviorModelTable.SESSION_COUNT)
                                .divide(col(MINUTES))
                                .as(BehaviorModelTable.ARRIVALS_PER_MINUTE),
                        col(BehaviorModelTable.TRANSITIONS));
    }

    /**
     * The transitions of each cluster.
     *
     * @param transitions what {@link TransitionTransform} made of the steps
     * @param clusters session_id, cluster
     * @return cluster, from_endpoint_id, to_endpoint_id, count, probability, think_time_ms
     */
    public static Dataset<Row> byCluster(Dataset<Row> transitions, Dataset<Row> clusters) {
        return transitions
                .join(clusters.select(SessionTable.SESSION_ID, SessionTable.CLUSTER), SessionTable.SESSION_ID)
                .groupBy(SessionTable.CLUSTER, FROM, TO)
                .agg(count(lit(1)).as("count"), coalesce(deciles(), none()).as("think_time_ms"))
                .withColumn(
                        "probability",
                        col("count").divide(sum("count").over(Window.partitionBy(SessionTable.CLUSTER, FROM))));
    }

    /**
     * The think times of each transition that has any.
     *
     * @return cluster, from_endpoint_id, to_endpoint_id, deciles
     */
    static Dataset<Row> deciles(Dataset<Row> moves) {
        return moves.groupBy(SessionTable.CLUSTER, FROM, TO).agg(deciles().as("deciles"));
    }

    private static Column deciles() {
        Column tenths = array(
                IntStream.rangeClosed(1, 9).mapToObj(tenth -> lit(tenth / 10.0)).toArray(Column[]::new));
        return percentile_approx(col(SessionStepTable.THINK_TIME_MS), tenths, lit(1000));
    }

    private static Column none() {
        return array().cast(new ArrayType(DataTypes.LongType, false));
    }

    /** How many minutes of traffic the steps span, silences left out. */
    private static Dataset<Row> captured(Dataset<Row> steps) {
        Column silence = col(BUCKET)
                .minus(lag(BUCKET, 1).over(Window.partitionBy(lit(0)).orderBy(BUCKET)))
                .multiply(BUCKET_SECONDS);
        return steps.select(unix_seconds(col(SessionStepTable.CAPTURED_AT))
                        .divide(BUCKET_SECONDS)
                        .cast(DataTypes.LongType)
                        .as(BUCKET))
                .distinct()
                .select(least(coalesce(silence, lit(BUCKET_SECONDS)), lit(LONGEST_SILENCE_SECONDS))
                        .as(MINUTES))
                .agg(sum(MINUTES).divide(60).as(MINUTES));
    }
}
