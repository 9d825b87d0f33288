package io.sluice.jobs;

import static org.apache.spark.sql.functions.lit;

import io.sluice.behavior.BehaviorModelTransform;
import io.sluice.behavior.BehaviorTrainer;
import io.sluice.behavior.FidelityTransform;
import io.sluice.behavior.ModelNameTransform;
import io.sluice.behavior.SessionVectorTransform;
import io.sluice.behavior.TransitionTransform;
import io.sluice.dependency.DependencyTransform;
import io.sluice.dependency.ValueTransform;
import io.sluice.endpoint.EndpointTransform;
import io.sluice.lake.TenantTables;
import io.sluice.scenario.ScenarioTransform;
import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.FidelityTable;
import io.sluice.schemas.ScenarioTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import io.sluice.session.ActorTransform;
import io.sluice.session.SessionTransform;
import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** One run of learning: what is worked out of the exchanges, in the order in which each needs the ones before. */
final class LearnRun {
    private final TenantTables tables;
    private final Dataset<Row> exchanges;
    private final Kept kept;

    LearnRun(TenantTables tables, Dataset<Row> exchanges, Kept kept) {
        this.tables = tables;
        this.exchanges = exchanges;
        this.kept = kept;
    }

    LearnJob.Result learn(LearnJob.Plan plan, Duration gap) {
        Dataset<Row> templates = kept.apply(EndpointTransform.templates(exchanges));
        Dataset<Row> actors = kept.apply(ActorTransform.of(exchanges, kept));
        Dataset<Row> endpoints = kept.apply(EndpointTransform.endpoints(exchanges, templates, actors));
        Dataset<Row> assigned = EndpointTransform.assign(exchanges, templates);
        Dataset<Row> ordered = kept.apply(SessionTransform.ordered(exchanges, actors, assigned, gap));
        Dataset<Row> steps = SessionTransform.steps(ordered);
        Dataset<Row> sessions = kept.apply(clustered(plan, ordered, steps));
        Dataset<Row> transitions = kept.apply(TransitionTransform.apply(steps));
        Dataset<Row> byCluster = kept.apply(BehaviorModelTransform.byCluster(transitions, sessions));
        Dataset<Row> models = kept.apply(BehaviorModelTransform.apply(sessions, steps, byCluster)
                .join(ModelNameTransform.apply(sessions, steps, endpoints), BehaviorModelTable.MODEL_ID)
                .withColumn(BehaviorModelTable.SOURCE_VERSION, lit(plan.exchangeVersion())));
        Dataset<Row> values = kept.apply(ValueTransform.apply(exchanges, sessions, steps, endpoints));
        Dataset<Row> dependencies = kept.apply(DependencyTransform.apply(values, kept));
        Dataset<Row> scenarios = ScenarioTransform.apply(
                new ScenarioTransform.Learned(
                        exchanges, endpoints, sessions, steps, transitions, byCluster, models, values, dependencies),
                plan.k(),
                plan.exchangeVersion(),
                kept);
        tables.replace(SessionStepTable.SPEC, steps);
        return new LearnJob.Result(
                tables.replace(EndpointTable.SPEC, endpoints).rows(),
                actors.select(SessionTable.ACTOR).distinct().count(),
                tables.replace(SessionTable.SPEC, sessions).rows(),
                tables.replace(BehaviorModelTable.SPEC, models).rows(),
                tables.replace(DependencyTable.SPEC, dependencies).rows(),
                tables.replace(ScenarioTable.SPEC, scenarios).rows(),
                tables.replace(FidelityTable.SPEC, FidelityTransform.apply(transitions, sessions, kept))
                        .rows());
    }

    /** The sessions, each with the cluster that it belongs to and the id of that cluster's model. */
    private Dataset<Row> clustered(LearnJob.Plan plan, Dataset<Row> ordered, Dataset<Row> steps) {
        Dataset<Row> vectors = kept.apply(SessionVectorTransform.apply(steps));
        Dataset<Row> clusters =
                new BehaviorTrainer(new BehaviorTrainer.Settings(plan.clusters(), plan.seed())).train(vectors, kept);
        return SessionTransform.sessions(ordered)
                .drop(SessionTable.CLUSTER, SessionTable.MODEL_ID)
                .join(clusters, SessionTable.SESSION_ID)
                .withColumn(SessionTable.MODEL_ID, BehaviorModelTransform.modelId(plan.toString()));
    }
}
