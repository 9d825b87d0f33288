package io.sluice.scenario;

import static io.sluice.dependency.ValueTransform.LOCATION;
import static io.sluice.dependency.ValueTransform.PART;
import static io.sluice.dependency.ValueTransform.REQUEST;
import static io.sluice.dependency.ValueTransform.RESPONSE;
import static io.sluice.dependency.ValueTransform.TEXT;
import static io.sluice.dependency.ValueTransform.VALUE;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** For each chosen session what all sessions say about the endpoints that it uses. */
final class EvidenceTransform {
    private static final int MOST_CHOICES = 50;
    private static final int LONGEST_CHOICE = 1000;
    private static final double LEAST_STATUS_SHARE = 0.05;
    private static final String ACTORS = "actors";
    private static final String PLACE = "place";
    private static final String TIMES = "times";
    private static final String SHARE = "share";

    private EvidenceTransform() {}

    /**
     * Gathers the evidence.
     *
     * @param steps the steps of the chosen sessions, with cluster
     * @return session_id, sources, choices, statuses; arrays of structs, null where there is nothing to say
     */
    static Dataset<Row> with(ScenarioTransform.Learned learned, Dataset<Row> steps, int k) {
        Dataset<Row> uses = steps.select(SessionTable.SESSION_ID, SessionTable.CLUSTER, SessionStepTable.ENDPOINT_ID)
                .distinct();
        return uses.select(SessionTable.SESSION_ID)
                .distinct()
                .join(
                        sources(uses, learned.dependencies()),
                        DependencyNeedsTransform.on(SessionTable.SESSION_ID),
                        "left")
                .join(choices(uses, learned.values(), k), DependencyNeedsTransform.on(SessionTable.SESSION_ID), "left")
                .join(statuses(uses, learned), DependencyNeedsTransform.on(SessionTable.SESSION_ID), "left");
    }

    private static Dataset<Row> sources(Dataset<Row> uses, Dataset<Row> dependencies) {
        Column consumes = col(SessionStepTable.ENDPOINT_ID).equalTo(col(DependencyTable.CONSUMER_ENDPOINT_ID));
        return uses.join(dependencies.where(col(DependencyTable.PRODUCER_PART).equalTo(RESPONSE)), consumes)
                .groupBy(SessionTable.SESSION_ID)
                .agg(collect_list(struct(ScenarioTransform.SOURCE_COLUMNS.stream()
                                .map(name -> col(name))
                                .toArray(Column[]::new)))
                        .as(ScenarioTransform.SOURCES));
    }

    /** The values that at least {@code k} actors used at the same place, the most used first. */
    private static Dataset<Row> choices(Dataset<Row> uses, Dataset<Row> values, int k) {
        Dataset<Row> anonymous = values.where(
                        col(PART).equalTo(REQUEST).and(length(col(TEXT)).leq(LONGEST_CHOICE)))
                .join(broadcast(uses.select(SessionStepTable.ENDPOINT_ID).distinct()), SessionStepTable.ENDPOINT_ID)
                .groupBy(col(SessionStepTable.ENDPOINT_ID), col(LOCATION), col(VALUE))
                .agg(countDistinct(SessionTable.ACTOR).as(ACTORS), first(TEXT).as(TEXT))
                .where(col(ACTORS).geq(k))
                .withColumn(
                        PLACE,
                        row_number()
                                .over(Window.partitionBy(SessionStepTable.ENDPOINT_ID, LOCATION)
                                        .orderBy(col(ACTORS).desc(), col(TEXT))))
                .where(col(PLACE).leq(MOST_CHOICES));
        return uses.join(broadcast(anonymous), SessionStepTable.ENDPOINT_ID)
                .groupBy(SessionTable.SESSION_ID)
                .agg(collect_list(struct(
                                col(SessionStepTable.ENDPOINT_ID), col(LOCATION), col(TEXT), col(ACTORS), col(PLACE)))
                        .as(ScenarioTransform.CHOICES));
    }

    private static Dataset<Row> statuses(Dataset<Row> uses, ScenarioTransform.Learned learned) {
        Dataset<Row> seen = learned.steps()
                .where(col(SessionStepTable.STATUS).isNotNull())
                .join(learned.sessions().select(SessionTable.SESSION_ID, SessionTable.CLUSTER), SessionTable.SESSION_ID)
                .groupBy(SessionTable.CLUSTER, SessionStepTable.ENDPOINT_ID, SessionStepTable.STATUS)
                .agg(count(lit(1)).as(TIMES))
                .withColumn(
                        SHARE,
                        col(TIMES)
                                .divide(sum(TIMES)
                                        .over(Window.partitionBy(SessionTable.CLUSTER, SessionStepTable.ENDPOINT_ID))))
                .where(col(SHARE).geq(LEAST_STATUS_SHARE));
        return uses.join(seen, DependencyNeedsTransform.on(SessionTable.CLUSTER, SessionStepTable.ENDPOINT_ID), "inner")
                .groupBy(SessionTable.SESSION_ID)
                .agg(collect_list(struct(col(SessionStepTable.ENDPOINT_ID), col(SessionStepTable.STATUS), col(TIMES)))
                        .as(ScenarioTransform.STATUSES));
    }
}
