package io.sluice.behavior;

import static io.sluice.behavior.TransitionTransform.FROM;
import static io.sluice.behavior.TransitionTransform.TO;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import io.sluice.schemas.FidelityTable;
import io.sluice.schemas.SessionTable;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;

/**
 * Transitions of clustered sessions -> how well a model of four fifths of the sessions foretells the others, which had
 * no part in it, beside what simpler models reach. The held-out sessions are taken as drawn from the mixture of all
 * clusters, for a new session does not say which it belongs to.
 */
public final class FidelityTransform {
    private static final String N = "n";
    private static final String TOTAL = "total";
    private static final String ORDER_0 = "order_0";
    private static final String SHARE = "share";
    private static final String KINDS = "kinds";
    private static final String LOG = "log_likelihood";
    private static final String BASE_LOG = "base_log_likelihood";

    private FidelityTransform() {}

    /**
     * Measures; nothing where no session was held out.
     *
     * @param transitions what {@link TransitionTransform} made of the steps
     * @param clusters session_id, cluster
     * @param keep is given what is read several times
     * @return the columns of {@code fidelity} but for the run
     */
    public static Dataset<Row> apply(
            Dataset<Row> transitions, Dataset<Row> clusters, UnaryOperator<Dataset<Row>> keep) {
        Dataset<Row> moves = keep.apply(transitions
                .join(clusters.select(SessionTable.SESSION_ID, SessionTable.CLUSTER), SessionTable.SESSION_ID)
                .withColumn(FROM, coalesce(col(FROM), lit("")))
                .withColumn(TO, coalesce(col(TO), lit(""))));
        Dataset<Row> fitted = moves.where(not(BehaviorTrainer.heldOut()));
        Dataset<Row> heldOut = moves.where(BehaviorTrainer.heldOut());
        return transitions(keep.apply(likelihood(fitted, heldOut)))
                .unionByName(EndpointMixTransform.distance(fitted, heldOut))
                .unionByName(ThinkTimeFitTransform.distance(fitted, heldOut));
    }

    /** One row of the table, for all models together. */
    static Column[] row(String metric, Column value, String baselineName, Column baseline) {
        return new Column[] {
            lit(null).cast(DataTypes.StringType).as(FidelityTable.MODEL_ID),
            lit(metric).as(FidelityTable.METRIC),
            lit("lower").as(FidelityTable.BETTER),
            value.as(FidelityTable.VALUE),
            lit(baselineName).as(FidelityTable.BASELINE_NAME),
            baseline.as(FidelityTable.BASELINE),
            col(N).as(FidelityTable.SAMPLE_COUNT)
        };
    }

    private static Dataset<Row> likelihood(Dataset<Row> fitted, Dataset<Row> heldOut) {
        return bySession(fitted, heldOut)
                .agg(
                        sum(N).as(N),
                        sum(LOG).as(LOG),
                        sum(BASE_LOG).as(BASE_LOG),
                        max(KINDS).as(KINDS))
                .where(col(N).gt(0));
    }

    private static Dataset<Row> transitions(Dataset<Row> measured) {
        Column loss = col(LOG).divide(col(N)).multiply(-1);
        Column base = col(BASE_LOG).divide(col(N)).multiply(-1);
        return measured.select(row("transition_log_loss", loss, "endpoint frequencies", base))
                .unionByName(
                        measured.select(row("transition_perplexity", exp(loss), "endpoint frequencies", exp(base))))
                .unionByName(measured.select(row("transition_perplexity", exp(loss), "uniform", col(KINDS))));
    }

    /** The log-likelihood of each held-out session under the mixture, and under endpoint frequencies alone. */
    private static Dataset<Row> bySession(Dataset<Row> fitted, Dataset<Row> heldOut) {
        Dataset<Row> clusters = fitted.groupBy(SessionTable.CLUSTER)
                .agg(countDistinct(SessionTable.SESSION_ID).as("sessions"))
                .withColumn(SHARE, col("sessions").divide(sum("sessions").over(Window.partitionBy(lit(0)))))
                .select(SessionTable.CLUSTER, SHARE);
        Column from = col(FROM);
        Dataset<Row> counts = fitted.groupBy(col(SessionTable.CLUSTER), from, col(TO))
                .agg(count(lit(1)).as("seen"));
        Dataset<Row> totals = fitted.groupBy(col(SessionTable.CLUSTER), from)
                .agg(count(lit(1)).as(TOTAL));
        // One observation's worth of the overall frequencies smooths each row of each cluster.
        Column probability = coalesce(col("seen"), lit(0L))
                .plus(col(ORDER_0))
                .divide(coalesce(col(TOTAL), lit(0L)).plus(1));
        Dataset<Row> perCluster = heldOut.groupBy(col(SessionTable.SESSION_ID), from, col(TO))
                .agg(count(lit(1)).as(N))
                .join(broadcast(orderZero(fitted, heldOut)), TO)
                .crossJoin(broadcast(clusters))
                .join(broadcast(counts), Joins.on(SessionTable.CLUSTER, FROM, TO), "left")
                .join(broadcast(totals), Joins.on(SessionTable.CLUSTER, FROM), "left")
                .groupBy(SessionTable.SESSION_ID, SessionTable.CLUSTER)
                .agg(
                        sum(N).as(N),
                        max(KINDS).as(KINDS),
                        sum(col(N).multiply(log(col(ORDER_0)))).as(BASE_LOG),
                        sum(col(N).multiply(log(probability)))
                                .plus(log(max(SHARE)))
                                .as(LOG));
        Column best = max(LOG).over(Window.partitionBy(SessionTable.SESSION_ID));
        return perCluster
                .withColumn("best", best)
                .groupBy(SessionTable.SESSION_ID)
                .agg(
                        max(N).as(N),
                        max(KINDS).as(KINDS),
                        max(BASE_LOG).as(BASE_LOG),
                        max("best")
                                .plus(log(sum(exp(col(LOG).minus(col("best"))))))
                                .as(LOG));
    }

    /** Overall frequency of each endpoint and of the end, half an observation added to each. */
    private static Dataset<Row> orderZero(Dataset<Row> fitted, Dataset<Row> heldOut) {
        Dataset<Row> kinds = fitted.select(TO).union(heldOut.select(TO)).distinct();
        Dataset<Row> seen = fitted.groupBy(TO).agg(count(lit(1)).as("times"));
        Dataset<Row> smoothed = kinds.join(seen, Joins.on(TO), "left")
                .withColumn(
                        "times",
                        coalesce(col("times").cast(DataTypes.DoubleType), lit(0.0))
                                .plus(0.5));
        return smoothed.crossJoin(broadcast(smoothed.agg(
                        sum("times").as("all_times"),
                        count(lit(1)).cast(DataTypes.DoubleType).as(KINDS))))
                .select(col(TO), col("times").divide(col("all_times")).as(ORDER_0), col(KINDS));
    }
}
