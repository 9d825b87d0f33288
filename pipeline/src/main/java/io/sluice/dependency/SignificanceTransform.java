package io.sluice.dependency;

import static io.sluice.dependency.DependencyTransform.FROM_STEP;
import static io.sluice.dependency.DependencyTransform.HIT;
import static io.sluice.dependency.DependencyTransform.PAIR;
import static io.sluice.dependency.DependencyTransform.SESSION;
import static io.sluice.dependency.DependencyTransform.TO_STEP;
import static io.sluice.dependency.DependencyTransform.list;
import static io.sluice.dependency.ValueTransform.BITS;
import static io.sluice.dependency.ValueTransform.VALUE;
import static io.sluice.schemas.DependencyTable.CONFIDENCE;
import static io.sluice.schemas.DependencyTable.CONSUMER_ENDPOINT_ID;
import static io.sluice.schemas.DependencyTable.CONSUMER_LOCATION;
import static io.sluice.schemas.DependencyTable.PRODUCER_ENDPOINT_ID;
import static io.sluice.schemas.DependencyTable.PRODUCER_LOCATION;
import static io.sluice.schemas.DependencyTable.PRODUCER_PART;
import static io.sluice.schemas.DependencyTable.P_VALUE;
import static io.sluice.schemas.DependencyTable.SCOPE;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.negate;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * The test that tells a dependency from a coincidence.
 *
 * <p>A trial is a value that a session needed after the producer had answered; it is a hit where the producer had held
 * the value. In scope {@code session} the chance of a hit is how often <em>other</em> sessions' producers held that
 * value: a token is held by no other, {@code true} by all. In scope {@code global}, for values that all sessions
 * share, such as the ids of a catalog, a trial is a distinct value and its chance how many other locations ever held
 * it: an id stands in few, {@code 1} in many. The p-value is the upper tail of the binomial distribution, times the
 * number of pairs tested (Bonferroni).
 */
final class SignificanceTransform {
    /** Accepted probability that any of the accepted pairs is a coincidence. */
    private static final double ALPHA = 0.01;

    /** Least share of trials that hit; for shared values at least half must. */
    private static final double LEAST_SESSION = 0.1;

    private static final double LEAST_GLOBAL = 0.5;

    /** Share of the trials of a shared value that make it one hit. */
    private static final double MOST = 0.8;

    private static final String TRIALS = "trials";
    private static final String HITS = "hits";
    private static final String CHANCE = "chance";
    private static final String SHARED = "shared";
    private static final String HOLDERS = "holders";
    private static final String SESSIONS = "sessions";
    private static final String PLACES = "places";
    private static final String ALL_PLACES = "all_places";
    private static final String SESSION_P = "session_p";
    private static final String GLOBAL_P = "global_p";

    private static final Column[] PRODUCER = {col(PRODUCER_ENDPOINT_ID), col(PRODUCER_PART), col(PRODUCER_LOCATION)};

    private static final UserDefinedFunction UPPER_TAIL =
            udf((UDF3<Long, Long, Double, Double>) Surprise::upperTail, DataTypes.DoubleType);

    private SignificanceTransform() {}

    /**
     * What speaks for and against each pair.
     *
     * @return the pair's columns; trials, hits and chance; values, value_hits and shared, which are the same by value
     */
    static Dataset<Row> tested(Dataset<Row> held, Dataset<Row> needed, Dataset<Row> flows) {
        return byValue(trials(held, needed, flows), held)
                .groupBy(PAIR)
                .agg(
                        sum(TRIALS).as(TRIALS),
                        sum(HITS).as(HITS),
                        sum(col(CHANCE).multiply(col(TRIALS)))
                                .divide(sum(TRIALS))
                                .as(CHANCE),
                        count(lit(1)).as("values"),
                        sum(when(col(HITS).geq(col(TRIALS).multiply(MOST)), 1L).otherwise(0L))
                                .as("value_hits"),
                        avg(SHARED).as(SHARED));
    }

    /**
     * The pairs that are no coincidence.
     *
     * @return the pair's columns, confidence, p_value, scope
     */
    static Dataset<Row> accepted(Dataset<Row> tested) {
        Column bySession = UPPER_TAIL.apply(col(TRIALS), col(HITS), col(CHANCE));
        Column byValue = UPPER_TAIL.apply(col("values"), col("value_hits"), col(SHARED));
        Column session = col(SESSION_P).leq(ALPHA).and(col(CONFIDENCE).geq(LEAST_SESSION));
        Column global = col(GLOBAL_P).leq(ALPHA).and(col(CONFIDENCE).geq(LEAST_GLOBAL));
        return tested.crossJoin(broadcast(tested.agg(count(lit(1)).as("pairs"))))
                .withColumn(CONFIDENCE, col(HITS).divide(col(TRIALS)))
                .withColumn(SESSION_P, least(lit(1.0), bySession.multiply(col("pairs"))))
                .withColumn(GLOBAL_P, least(lit(1.0), byValue.multiply(col("pairs"))))
                .withColumn(SCOPE, when(session, "session").when(global, "global"))
                .where(col(SCOPE).isNotNull())
                .withColumn(P_VALUE, when(session, col(SESSION_P)).otherwise(col(GLOBAL_P)))
                .select(PAIR[0], PAIR[1], PAIR[2], PAIR[3], PAIR[4], col(CONFIDENCE), col(P_VALUE), col(SCOPE));
    }

    /** Every value that a session needed after a candidate producer had spoken, and whether that one had held it. */
    private static Dataset<Row> trials(Dataset<Row> held, Dataset<Row> needed, Dataset<Row> flows) {
        Dataset<Row> candidates = flows.select(PAIR).distinct();
        Dataset<Row> spoke = held.groupBy(col(SESSION), PRODUCER[0], PRODUCER[1], PRODUCER[2])
                .agg(min(FROM_STEP).as(FROM_STEP));
        Dataset<Row> hits = flows.select(col(SESSION), col(VALUE), PAIR[0], PAIR[1], PAIR[2], PAIR[3], PAIR[4])
                .withColumn(HIT, lit(1L));
        return needed.join(broadcast(candidates), list(CONSUMER_ENDPOINT_ID, CONSUMER_LOCATION))
                .join(spoke, list(SESSION, PRODUCER_ENDPOINT_ID, PRODUCER_PART, PRODUCER_LOCATION))
                .where(col(FROM_STEP).lt(col(TO_STEP)))
                .drop(FROM_STEP, TO_STEP)
                .join(
                        hits,
                        list(
                                SESSION,
                                VALUE,
                                PRODUCER_ENDPOINT_ID,
                                PRODUCER_PART,
                                PRODUCER_LOCATION,
                                CONSUMER_ENDPOINT_ID,
                                CONSUMER_LOCATION),
                        "left");
    }

    /** Trials and hits of each pair and value, with the chances of a hit. */
    private static Dataset<Row> byValue(Dataset<Row> trials, Dataset<Row> held) {
        Dataset<Row> holders = held.groupBy(PRODUCER[0], PRODUCER[1], PRODUCER[2], col(VALUE))
                .agg(countDistinct(SESSION).as(HOLDERS));
        Dataset<Row> producers =
                held.groupBy(PRODUCER).agg(countDistinct(SESSION).as(SESSIONS));
        Dataset<Row> places = held.select(PRODUCER[0], PRODUCER[1], PRODUCER[2], col(VALUE))
                .distinct()
                .groupBy(VALUE)
                .agg(count(lit(1)).as(PLACES));
        Dataset<Row> allPlaces = producers.agg(count(lit(1)).as(ALL_PLACES));
        Column coincidence = pow(lit(2.0), negate(col(BITS)));
        // Of the sessions that had the producer, one is the trial's own; where it hit, it is one of the holders.
        Column others = greatest(col(SESSIONS).minus(1), lit(1));
        Column otherHolders =
                coalesce(col(HOLDERS), lit(0L)).minus(when(col(HITS).gt(0), 1).otherwise(0));
        Column inOthers = greatest(otherHolders.divide(others), lit(0.0));
        Column inOtherPlaces =
                greatest(col(PLACES).minus(1).divide(greatest(col(ALL_PLACES).minus(1), lit(1))), lit(0.0));
        return trials.groupBy(PAIR[0], PAIR[1], PAIR[2], PAIR[3], PAIR[4], col(VALUE))
                .agg(
                        count(lit(1)).as(TRIALS),
                        sum(coalesce(col(HIT), lit(0L))).as(HITS),
                        first(BITS).as(BITS))
                .join(holders, list(PRODUCER_ENDPOINT_ID, PRODUCER_PART, PRODUCER_LOCATION, VALUE), "left")
                .join(broadcast(producers), list(PRODUCER_ENDPOINT_ID, PRODUCER_PART, PRODUCER_LOCATION))
                .join(places, list(VALUE), "left")
                .crossJoin(broadcast(allPlaces))
                .withColumn(CHANCE, least(lit(1.0), greatest(coincidence, inOthers)))
                .withColumn(SHARED, least(lit(1.0), greatest(coincidence, coalesce(inOtherPlaces, lit(0.0)))));
    }
}
