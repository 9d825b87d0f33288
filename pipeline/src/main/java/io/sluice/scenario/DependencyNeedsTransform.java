package io.sluice.scenario;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.sluice.dependency.ValueTransform;
import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.SessionStepTable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Which requests of a session need a value that no earlier response of that session holds. */
final class DependencyNeedsTransform {
    private static final String NEEDED_AT = "needed_at";
    private static final String OFFERED_IN = "offered_in";
    private static final String OFFERED = "offered";
    private static final String OFFERED_AT = "offered_at";

    private DependencyNeedsTransform() {}

    /**
     * Counts the requests that would fail on another system for want of a value.
     *
     * @return session_id, unmet
     */
    static Dataset<Row> unmet(Dataset<Row> values, Dataset<Row> dependencies) {
        Dataset<Row> sources =
                broadcast(dependencies.where(col(DependencyTable.PRODUCER_PART).equalTo(ValueTransform.RESPONSE)));
        Column consumed = col(SessionStepTable.ENDPOINT_ID)
                .equalTo(col(DependencyTable.CONSUMER_ENDPOINT_ID))
                .and(col(ValueTransform.LOCATION).equalTo(col(DependencyTable.CONSUMER_LOCATION)))
                .and(col(ValueTransform.PART).equalTo(ValueTransform.REQUEST));
        Column produced = col(SessionStepTable.ENDPOINT_ID)
                .equalTo(col(DependencyTable.PRODUCER_ENDPOINT_ID))
                .and(col(ValueTransform.LOCATION).equalTo(col(DependencyTable.PRODUCER_LOCATION)))
                .and(col(ValueTransform.PART).equalTo(ValueTransform.RESPONSE));
        Dataset<Row> needs = values.join(sources, consumed, "left_semi")
                .select(
                        col(SessionStepTable.SESSION_ID),
                        col(ValueTransform.VALUE),
                        col(SessionStepTable.STEP_INDEX).as(NEEDED_AT));
        Dataset<Row> offers = values.join(sources, produced, "left_semi")
                .select(
                        col(SessionStepTable.SESSION_ID).as(OFFERED_IN),
                        col(ValueTransform.VALUE).as(OFFERED),
                        col(SessionStepTable.STEP_INDEX).as(OFFERED_AT));
        Column before = col(SessionStepTable.SESSION_ID)
                .equalTo(col(OFFERED_IN))
                .and(col(ValueTransform.VALUE).equalTo(col(OFFERED)))
                .and(col(OFFERED_AT).lt(col(NEEDED_AT)));
        return needs.join(offers, before, "left_anti")
                .groupBy(SessionStepTable.SESSION_ID)
                .agg(count(lit(1)).as(SessionChoiceTransform.UNMET));
    }

    /** Columns to join on, where a join type must be given. */
    static Seq<String> on(String... names) {
        return CollectionConverters.asScala(List.of(names)).toSeq();
    }
}
