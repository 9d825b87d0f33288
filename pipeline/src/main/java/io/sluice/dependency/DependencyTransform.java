package io.sluice.dependency;

import static io.sluice.schemas.DependencyTable.CONFIDENCE;
import static io.sluice.schemas.DependencyTable.CONSUMER_ENDPOINT_ID;
import static io.sluice.schemas.DependencyTable.CONSUMER_LOCATION;
import static io.sluice.schemas.DependencyTable.PRODUCER_ENDPOINT_ID;
import static io.sluice.schemas.DependencyTable.PRODUCER_LOCATION;
import static io.sluice.schemas.DependencyTable.PRODUCER_PART;
import static io.sluice.schemas.DependencyTable.P_VALUE;
import static io.sluice.schemas.DependencyTable.SCOPE;
import static io.sluice.schemas.DependencyTable.SUPPORT;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;

import io.sluice.schemas.SessionStepTable;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Values of sessions -> the dependencies between endpoints: a location that holds a value first, and a later request
 * that needs it. A pair of locations is accepted by a significance test ({@link SignificanceTransform}), not because strings
 * are equal; of the accepted producers of one value the earliest in the session is its origin.
 */
public final class DependencyTransform {
    static final String SESSION = SessionStepTable.SESSION_ID;
    static final String FROM_STEP = "from_step";
    static final String TO_STEP = "to_step";
    static final String HIT = "hit";

    /** What tells one pair of locations from another. */
    static final Column[] PAIR = {
        col(PRODUCER_ENDPOINT_ID),
        col(PRODUCER_PART),
        col(PRODUCER_LOCATION),
        col(CONSUMER_ENDPOINT_ID),
        col(CONSUMER_LOCATION)
    };

    /** A producer that gives one in twenty of a consumer's values by itself is no way to get one. */
    private static final double LEAST_SHARE = 0.05;

    private DependencyTransform() {}

    /**
     * The dependencies in {@code values} as {@link ValueTransform} finds them.
     *
     * @param keep is given what is read several times
     * @return the columns of {@code dependency} but for the run
     */
    public static Dataset<Row> apply(Dataset<Row> values, UnaryOperator<Dataset<Row>> keep) {
        Dataset<Row> held = keep.apply(held(values));
        Dataset<Row> needed = keep.apply(needed(values));
        Dataset<Row> flows = keep.apply(flows(held, needed));
        Dataset<Row> tested = keep.apply(SignificanceTransform.tested(held, needed, flows));
        return origins(flows, SignificanceTransform.accepted(tested));
    }

    /** Where each session held each value first, by endpoint, part and location. */
    private static Dataset<Row> held(Dataset<Row> values) {
        return values.groupBy(
                        col(SESSION),
                        col(ValueTransform.VALUE),
                        col(SessionStepTable.ENDPOINT_ID).as(PRODUCER_ENDPOINT_ID),
                        col(ValueTransform.PART).as(PRODUCER_PART),
                        col(ValueTransform.LOCATION).as(PRODUCER_LOCATION))
                .agg(min(SessionStepTable.STEP_INDEX).as(FROM_STEP));
    }

    /** Where each session needed each value last, by endpoint and location. */
    private static Dataset<Row> needed(Dataset<Row> values) {
        return values.where(col(ValueTransform.PART).equalTo(ValueTransform.REQUEST))
                .groupBy(
                        col(SESSION),
                        col(ValueTransform.VALUE),
                        col(SessionStepTable.ENDPOINT_ID).as(CONSUMER_ENDPOINT_ID),
                        col(ValueTransform.LOCATION).as(CONSUMER_LOCATION))
                .agg(
                        max(SessionStepTable.STEP_INDEX).as(TO_STEP),
                        first(ValueTransform.BITS).as(ValueTransform.BITS));
    }

    /** Each value that stood in an earlier exchange of the session when a request needed it. */
    private static Dataset<Row> flows(Dataset<Row> held, Dataset<Row> needed) {
        Column repeated = col(PRODUCER_PART)
                .equalTo(ValueTransform.REQUEST)
                .and(col(PRODUCER_ENDPOINT_ID).equalTo(col(CONSUMER_ENDPOINT_ID)))
                .and(col(PRODUCER_LOCATION).equalTo(col(CONSUMER_LOCATION)));
        return needed.join(held, list(SESSION, ValueTransform.VALUE))
                .where(col(FROM_STEP).lt(col(TO_STEP)))
                .where(not(repeated));
    }

    /** The accepted pairs, each supported by the sessions in which its producer was the origin. */
    private static Dataset<Row> origins(Dataset<Row> flows, Dataset<Row> accepted) {
        Dataset<Row> origin = flows.join(broadcast(accepted), list(names(PAIR)))
                .withColumn(
                        HIT,
                        row_number()
                                .over(Window.partitionBy(
                                                col(SESSION),
                                                col(ValueTransform.VALUE),
                                                col(CONSUMER_ENDPOINT_ID),
                                                col(CONSUMER_LOCATION))
                                        .orderBy(
                                                col(FROM_STEP),
                                                col(PRODUCER_PART),
                                                col(PRODUCER_LOCATION),
                                                col(PRODUCER_ENDPOINT_ID))))
                .where(col(HIT).equalTo(1));
        Column ofConsumer = max("sessions").over(Window.partitionBy(CONSUMER_ENDPOINT_ID, CONSUMER_LOCATION));
        return origin.groupBy(PAIR)
                .agg(
                        countDistinct(SESSION).as("sessions"),
                        first(CONFIDENCE).as(CONFIDENCE),
                        first(P_VALUE).as(P_VALUE),
                        first(SCOPE).as(SCOPE))
                .withColumn("most", ofConsumer)
                .where(col("sessions").geq(col("most").multiply(lit(LEAST_SHARE))))
                .withColumnRenamed("sessions", SUPPORT)
                .drop("most");
    }

    static Seq<String> list(String... names) {
        return CollectionConverters.asScala(List.of(names)).toSeq();
    }

    static String[] names(Column... columns) {
        return Arrays.stream(columns).map(Column::toString).toArray(String[]::new);
    }
}
