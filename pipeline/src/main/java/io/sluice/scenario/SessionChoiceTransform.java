package io.sluice.scenario;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;

import io.sluice.behavior.TransitionTransform;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Clustered sessions -> the few that stand for their cluster. Sessions that use the same endpoints with the same kind
 * of outcome form a group; the largest groups of a cluster are each represented by the session that is most likely
 * under the cluster's model, covers what the cluster uses, and has what its requests need.
 */
final class SessionChoiceTransform {
    /** Share of the cluster's weight that falls to the session. */
    static final String SHARE = "share";

    /** Place among the chosen sessions of the cluster, from 1. */
    static final String RANK = "rank";

    /** Requests that need a value of an earlier response, which this session does not have. */
    static final String UNMET = "unmet";

    private static final int MOST_PER_CLUSTER = 3;
    private static final String SCORE = "score";
    private static final String GROUP = "group";
    private static final String ALIKE = "alike";
    private static final String OUTCOME = "outcome";
    private static final String USAGE = "usage";

    private SessionChoiceTransform() {}

    /**
     * Chooses sessions.
     *
     * @param clustered session_id, actor, cluster, model_id
     * @param unmet session_id, unmet; a session without a row lacks nothing
     * @return session_id, cluster, model_id, share, rank
     */
    static Dataset<Row> apply(Dataset<Row> clustered, Dataset<Row> steps, Dataset<Row> likelihood, Dataset<Row> unmet) {
        Dataset<Row> outcomes = steps.join(
                        clustered.select(SessionTable.SESSION_ID, SessionTable.CLUSTER), SessionTable.SESSION_ID)
                .withColumn(OUTCOME, expr("coalesce(floor(" + SessionStepTable.STATUS + " / 100), 0)"));
        Dataset<Row> usual = outcomes.groupBy(SessionTable.CLUSTER, SessionStepTable.ENDPOINT_ID, OUTCOME)
                .agg(
                        countDistinct(SessionStepTable.SESSION_ID).as(USAGE),
                        count(lit(1)).as("times"))
                .withColumn(
                        "usual",
                        col("times")
                                .divide(sum("times")
                                        .over(Window.partitionBy(SessionTable.CLUSTER, SessionStepTable.ENDPOINT_ID))));
        Dataset<Row> described = outcomes.join(
                        usual,
                        DependencyNeedsTransform.on(SessionTable.CLUSTER, SessionStepTable.ENDPOINT_ID, OUTCOME),
                        "inner")
                .groupBy(SessionStepTable.SESSION_ID)
                .agg(
                        array_sort(collect_set(concat_ws("!", col(SessionStepTable.ENDPOINT_ID), col(OUTCOME))))
                                .as(GROUP),
                        expr("aggregate(collect_set(struct(" + SessionStepTable.ENDPOINT_ID + ", " + OUTCOME + ", "
                                        + USAGE + ")), 0L, (a, x) -> a + x." + USAGE + ")")
                                .as("covered"),
                        avg("usual").as("usual"),
                        count(lit(1)).as("steps"));
        Column met = lit(1.0).divide(coalesce(col(UNMET), lit(0)).multiply(2).plus(1));
        Column covered = col("covered").divide(max("covered").over(Window.partitionBy(SessionTable.CLUSTER)));
        return clustered
                .join(described, SessionTable.SESSION_ID)
                .join(likelihood, SessionTable.SESSION_ID)
                .join(unmet, DependencyNeedsTransform.on(SessionTable.SESSION_ID), "left")
                .withColumn(
                        SCORE,
                        covered.multiply(col("typical")).multiply(col("usual")).multiply(met))
                .withColumn(ALIKE, count(lit(1)).over(Window.partitionBy(SessionTable.CLUSTER, GROUP)))
                .withColumn(
                        RANK,
                        row_number()
                                .over(Window.partitionBy(SessionTable.CLUSTER, GROUP)
                                        .orderBy(col(SCORE).desc(), col(SessionTable.SESSION_ID))))
                .where(col(RANK).equalTo(1))
                .withColumn(
                        RANK,
                        row_number()
                                .over(Window.partitionBy(SessionTable.CLUSTER)
                                        .orderBy(col(ALIKE).multiply(col(SCORE)).desc(), col(SessionTable.SESSION_ID))))
                .where(col(RANK).leq(MOST_PER_CLUSTER))
                .withColumn(SHARE, col(ALIKE).divide(sum(ALIKE).over(Window.partitionBy(SessionTable.CLUSTER))))
                .select(
                        col(SessionTable.SESSION_ID),
                        col(SessionTable.CLUSTER),
                        col(SessionTable.MODEL_ID),
                        col(SHARE),
                        col(RANK));
    }

    /**
     * How likely each session is under the model of its cluster.
     *
     * @return session_id, typical: the geometric mean of the probabilities of its transitions
     */
    static Dataset<Row> likelihood(Dataset<Row> transitions, Dataset<Row> clustered, Dataset<Row> byCluster) {
        Dataset<Row> moves = transitions
                .join(clustered.select(SessionTable.SESSION_ID, SessionTable.CLUSTER), SessionTable.SESSION_ID)
                .as("m");
        Dataset<Row> model = byCluster.as("p");
        return moves.join(
                        model,
                        col("m." + SessionTable.CLUSTER)
                                .equalTo(col("p." + SessionTable.CLUSTER))
                                .and(col("m." + TransitionTransform.FROM)
                                        .eqNullSafe(col("p." + TransitionTransform.FROM)))
                                .and(col("m." + TransitionTransform.TO).eqNullSafe(col("p." + TransitionTransform.TO))))
                .groupBy(SessionTable.SESSION_ID)
                .agg(exp(avg(log(col("probability")))).as("typical"));
    }
}
