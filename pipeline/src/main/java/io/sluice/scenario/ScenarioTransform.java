package io.sluice.scenario;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.sluice.behavior.BehaviorModelTransform;
import io.sluice.behavior.TransitionTransform;
import io.sluice.dependency.Captured;
import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.ScenarioTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** All that was learned -> the rows of {@code scenario}: for each cluster its typical sessions, ready to replay. */
public final class ScenarioTransform {
    /** Later steps of a long session add nothing that a replay needs. */
    private static final int MOST_STEPS = 100;

    static final String STEPS = "steps";
    static final String SOURCES = "sources";
    static final String CHOICES = "choices";
    static final String STATUSES = "statuses";
    static final String THINK_TIME = "think_time_deciles";

    private static final StructType BUILT = new StructType()
            .add(ScenarioTable.SCENARIO_ID, DataTypes.StringType, false)
            .add(ScenarioTable.NAME, DataTypes.StringType, false)
            .add(ScenarioTable.MODEL_ID, DataTypes.StringType, false)
            .add(ScenarioTable.ALGORITHM, DataTypes.StringType, false)
            .add(ScenarioTable.ALGORITHM_VERSION, DataTypes.StringType, false)
            .add(ScenarioTable.WEIGHT, DataTypes.DoubleType, false)
            .add(ScenarioTable.DOCUMENT, DataTypes.StringType, false)
            .add(ScenarioTable.SOURCE_VERSION, DataTypes.LongType, false)
            .add(ScenarioTable.K, DataTypes.IntegerType, false);

    private ScenarioTransform() {}

    /**
     * What scenarios are made of.
     *
     * @param sessions rows of the table of sessions, with cluster and model id
     * @param transitions what {@link TransitionTransform} made of the steps
     * @param byCluster the transitions of each cluster, as {@link BehaviorModelTransform#byCluster} counts them
     * @param values what {@link io.sluice.dependency.ValueTransform} found in the exchanges
     */
    public record Learned(
            Dataset<Row> exchanges,
            Dataset<Row> endpoints,
            Dataset<Row> sessions,
            Dataset<Row> steps,
            Dataset<Row> transitions,
            Dataset<Row> byCluster,
            Dataset<Row> models,
            Dataset<Row> values,
            Dataset<Row> dependencies) {}

    /**
     * Makes the scenarios.
     *
     * @param k actors that must have used a literal before it may stand in a scenario
     * @param sourceVersion the version of {@code exchange} that all was learned from
     * @param keep is given what is read several times
     * @return the columns of {@code scenario} but for the run
     */
    public static Dataset<Row> apply(Learned learned, int k, long sourceVersion, UnaryOperator<Dataset<Row>> keep) {
        Dataset<Row> chosen = keep.apply(chosen(learned));
        Dataset<Row> steps = keep.apply(learned.steps()
                .where(col(SessionStepTable.STEP_INDEX).lt(MOST_STEPS))
                .join(broadcast(chosen), SessionTable.SESSION_ID));
        Dataset<Row> drafts = EvidenceTransform.with(learned, steps, k)
                .join(sent(learned, steps), SessionTable.SESSION_ID)
                .join(chosen, SessionTable.SESSION_ID)
                .join(
                        broadcast(learned.models()
                                .select(
                                        BehaviorModelTable.MODEL_ID,
                                        BehaviorModelTable.NAME,
                                        BehaviorModelTable.WEIGHT,
                                        BehaviorModelTable.ARRIVALS_PER_MINUTE)),
                        BehaviorModelTable.MODEL_ID);
        return named(drafts)
                .withColumn(ScenarioTable.K, lit(k))
                .withColumn(ScenarioTable.SOURCE_VERSION, lit(sourceVersion))
                .map((MapFunction<Row, Row>) ScenarioTransform::built, Encoders.row(BUILT));
    }

    private static Dataset<Row> chosen(Learned learned) {
        Dataset<Row> clustered = learned.sessions()
                .select(SessionTable.SESSION_ID, SessionTable.ACTOR, SessionTable.CLUSTER, SessionTable.MODEL_ID);
        return SessionChoiceTransform.apply(
                clustered,
                learned.steps(),
                SessionChoiceTransform.likelihood(learned.transitions(), clustered, learned.byCluster()),
                DependencyNeedsTransform.unmet(learned.values(), learned.dependencies()));
    }

    /** The exchanges of each chosen session in order, each with the think time of its transition. */
    private static Dataset<Row> sent(Learned learned, Dataset<Row> steps) {
        WindowSpec session = Window.partitionBy(SessionTable.SESSION_ID).orderBy(SessionStepTable.STEP_INDEX);
        Dataset<Row> moves = steps.withColumn(
                "previous", lag(SessionStepTable.ENDPOINT_ID, 1).over(session));
        Dataset<Row> pauses = learned.byCluster()
                .select(
                        col(SessionTable.CLUSTER).as("of_cluster"),
                        col(TransitionTransform.FROM),
                        col(TransitionTransform.TO),
                        col("think_time_ms").as(THINK_TIME));
        Column same = col(SessionTable.CLUSTER)
                .equalTo(col("of_cluster"))
                .and(col("previous").eqNullSafe(col(TransitionTransform.FROM)))
                .and(col(SessionStepTable.ENDPOINT_ID).equalTo(col(TransitionTransform.TO)));
        List<Column> columns = new ArrayList<>(List.of(
                col(SessionStepTable.STEP_INDEX),
                col(ExchangeTable.EXCHANGE_ID),
                col(SessionStepTable.ENDPOINT_ID),
                col(ExchangeTable.METHOD),
                col("seen_status"),
                col(THINK_TIME),
                col(ExchangeTable.SERVICE),
                col(ExchangeTable.SCHEME),
                col(ExchangeTable.HOST),
                col(ExchangeTable.PORT)));
        Captured.COLUMNS.forEach(name -> columns.add(col(name)));
        Dataset<Row> placed = moves.join(pauses, same, "left")
                .select(
                        col(SessionTable.SESSION_ID),
                        col(SessionStepTable.STEP_INDEX),
                        col(SessionStepTable.ENDPOINT_ID),
                        col(SessionStepTable.EXCHANGE_ID),
                        col(SessionStepTable.STATUS).as("seen_status"),
                        col(THINK_TIME));
        return learned.exchanges()
                .join(broadcast(placed), ExchangeTable.EXCHANGE_ID)
                .join(
                        broadcast(learned.endpoints().select(EndpointTable.ENDPOINT_ID, EndpointTable.TEMPLATE)),
                        EndpointTable.ENDPOINT_ID)
                .groupBy(SessionTable.SESSION_ID)
                .agg(array_sort(
                                collect_list(struct(columns.toArray(Column[]::new))),
                                (left, right) -> left.getField(SessionStepTable.STEP_INDEX)
                                        .minus(right.getField(SessionStepTable.STEP_INDEX)))
                        .as(STEPS));
    }

    /** Of several scenarios of a model, the second and third say so in their names. */
    private static Dataset<Row> named(Dataset<Row> drafts) {
        Column rank = col(SessionChoiceTransform.RANK);
        return drafts.withColumn(
                BehaviorModelTable.NAME,
                when(rank.equalTo(1), col(BehaviorModelTable.NAME))
                        .otherwise(concat(col(BehaviorModelTable.NAME), lit(" ("), rank, lit(")"))));
    }

    private static Row built(Row row) {
        Scenario scenario = ScenarioBuilder.build(DraftReader.read(row));
        return RowFactory.create(
                scenario.id(),
                scenario.name(),
                scenario.modelId(),
                scenario.algorithm(),
                scenario.algorithmVersion(),
                scenario.weight(),
                ScenarioDocument.write(scenario),
                scenario.sourceVersion(),
                scenario.k());
    }

    /** Names of the dependency columns that a source is read from, in order. */
    static final List<String> SOURCE_COLUMNS = List.of(
            DependencyTable.PRODUCER_ENDPOINT_ID,
            DependencyTable.PRODUCER_LOCATION,
            DependencyTable.CONSUMER_ENDPOINT_ID,
            DependencyTable.CONSUMER_LOCATION,
            DependencyTable.SCOPE);
}
