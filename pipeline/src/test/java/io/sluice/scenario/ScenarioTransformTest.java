package io.sluice.scenario;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.sluice.SparkExtension;
import io.sluice.behavior.BehaviorModelTransform;
import io.sluice.behavior.BehaviorTrainer;
import io.sluice.behavior.FidelityTransform;
import io.sluice.behavior.ModelNameTransform;
import io.sluice.behavior.SessionVectorTransform;
import io.sluice.behavior.TransitionTransform;
import io.sluice.dependency.DependencyTransform;
import io.sluice.dependency.ValueTransform;
import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.FidelityTable;
import io.sluice.schemas.ScenarioTable;
import io.sluice.schemas.SessionTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class ScenarioTransformTest {
    private static ScenarioTransform.Learned learned;
    private static List<Scenario> scenarios;

    @BeforeAll
    static void learnFromPlantedTraffic(SparkSession spark) {
        PlantedTraffic traffic = new PlantedTraffic(45, 25);
        Dataset<Row> exchanges = traffic.exchanges(spark);
        Dataset<Row> endpoints = traffic.endpoints(spark);
        Dataset<Row> steps = traffic.steps(spark);
        Dataset<Row> clusters = new BehaviorTrainer(new BehaviorTrainer.Settings(0, 1L))
                .train(SessionVectorTransform.apply(steps), ScenarioTransformTest::kept);
        Dataset<Row> sessions = kept(traffic.sessions(spark)
                .drop(SessionTable.CLUSTER, SessionTable.MODEL_ID)
                .join(clusters, SessionTable.SESSION_ID)
                .withColumn(SessionTable.MODEL_ID, BehaviorModelTransform.modelId("run")));
        Dataset<Row> transitions = TransitionTransform.apply(steps);
        Dataset<Row> values = kept(ValueTransform.apply(exchanges, sessions, steps, endpoints));
        Dataset<Row> byCluster = kept(BehaviorModelTransform.byCluster(transitions, sessions));
        Dataset<Row> models = kept(BehaviorModelTransform.apply(sessions, steps, byCluster)
                .join(ModelNameTransform.apply(sessions, steps, endpoints), BehaviorModelTable.MODEL_ID));
        Dataset<Row> dependencies = kept(DependencyTransform.apply(values, ScenarioTransformTest::kept));
        learned = new ScenarioTransform.Learned(
                exchanges, endpoints, sessions, steps, transitions, byCluster, models, values, dependencies);
        scenarios = ScenarioTransform.apply(learned, 5, 3L, ScenarioTransformTest::kept).collectAsList().stream()
                .map(row -> ScenarioDocument.read(row.getAs(ScenarioTable.DOCUMENT)))
                .sorted(Comparator.comparing(Scenario::weight).reversed())
                .toList();
    }

    @Test
    void tellsTheKindsOfVisitorsApart() {
        assertThat(learned.models().orderBy(BehaviorModelTable.CLUSTER).collectAsList())
                .extracting(
                        row -> row.getAs(BehaviorModelTable.SESSION_COUNT),
                        row -> row.getAs(BehaviorModelTable.ACTOR_COUNT))
                .containsExactly(tuple(45L, 45L), tuple(25L, 25L));
    }

    @Test
    void countsTheSessionsThatStartInAMinuteOfTraffic() {
        // 70 sessions start 20 seconds apart, so that the traffic spans 139 times ten seconds.
        double minutes = 139 * 10 / 60.0;

        assertThat(learned.models().orderBy(BehaviorModelTable.CLUSTER).collectAsList())
                .extracting(row -> row.<Double>getAs(BehaviorModelTable.ARRIVALS_PER_MINUTE))
                .satisfiesExactly(
                        buyers -> assertThat(buyers).isCloseTo(45 / minutes, within(0.001)),
                        readers -> assertThat(readers).isCloseTo(25 / minutes, within(0.001)));
    }

    @Test
    void findsWhatFlowsAndNothingElse() {
        assertThat(learned.dependencies()
                        .where(col(DependencyTable.PRODUCER_PART).equalTo("response"))
                        .collectAsList())
                .extracting(row -> row.getAs(DependencyTable.PRODUCER_LOCATION) + " -> "
                        + row.getAs(DependencyTable.CONSUMER_ENDPOINT_ID) + " "
                        + row.getAs(DependencyTable.CONSUMER_LOCATION))
                .containsExactlyInAnyOrder(
                        "$.access_token -> GET/books header:Authorization",
                        "$.access_token -> GET/books/{book_id} header:Authorization",
                        "$.access_token -> POST/cart header:Authorization",
                        "$.access_token -> POST/orders header:Authorization",
                        "$.access_token -> GET/orders/{order_id} header:Authorization",
                        "$.items[*].id -> GET/books/{book_id} path:book_id",
                        "$.items[*].id -> POST/cart $.book_id",
                        "$.order_id -> GET/orders/{order_id} path:order_id");
    }

    @Test
    void makesTheScenarioOfABuyer() throws Exception {
        Scenario buyer = scenarios.get(0);
        String text = buyer.steps().stream().map(ScenarioTransformTest::told).collect(Collectors.joining("\n")) + "\n"
                + buyer.variables().stream()
                        .map(variable -> variable.name() + " "
                                + (variable.generate() == null
                                        ? "choices"
                                        : variable.generate().format()))
                        .sorted()
                        .collect(Collectors.joining("\n"))
                + "\n";
        Path golden = Path.of("src/test/resources/golden/ScenarioTransformTest/buyer.txt");
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    @Test
    void splitsTheWorkloadAmongTheScenarios() {
        assertThat(scenarios.stream().mapToDouble(Scenario::weight).sum()).isCloseTo(1, within(1e-9));
        assertThat(scenarios)
                .allSatisfy(scenario -> assertThat(scenario.sourceVersion()).isEqualTo(3));
    }

    @Test
    void repeatsNoPersonAndNoCredential() {
        String all = scenarios.stream().map(ScenarioDocument::write).collect(Collectors.joining());
        assertThat(all).doesNotContain("PPPPPPPP", "tok.", "@p", "User-Agent");
        assertThat(all).containsAnyOf("dune", "emma", "ulysses");
    }

    @Test
    void foretellsHeldOutSessionsBetterThanSimplerModels() {
        List<Row> fidelity = FidelityTransform.apply(
                        learned.transitions(), learned.sessions(), ScenarioTransformTest::kept)
                .collectAsList();
        assertThat(fidelity)
                .extracting(row -> row.<String>getAs(FidelityTable.METRIC))
                .containsExactlyInAnyOrder(
                        "transition_log_loss",
                        "transition_perplexity",
                        "transition_perplexity",
                        "endpoint_mix_distance",
                        "think_time_ks");
        assertThat(fidelity).allSatisfy(row -> {
            assertThat(row.<Double>getAs(FidelityTable.VALUE)).isLessThan(row.<Double>getAs(FidelityTable.BASELINE));
            assertThat(row.<Long>getAs(FidelityTable.SAMPLE_COUNT)).isPositive();
        });
    }

    private static String told(Scenario.Step step) {
        return step.name() + " -> " + step.expect().status() + "\n"
                + "  " + shown(step.request().path())
                + step.request().query().stream()
                        .map(parameter -> " ?" + parameter.name() + "=" + shown(parameter.value()))
                        .collect(Collectors.joining())
                + step.request().headers().stream()
                        .map(header -> "\n  " + header.name() + ": " + shown(header.value()))
                        .collect(Collectors.joining())
                + (step.request().body() == null
                        ? ""
                        : "\n  " + shown(step.request().body().text()))
                + step.extract().stream()
                        .map(extraction -> "\n  <- " + extraction.variable() + " " + extraction.from())
                        .collect(Collectors.joining());
    }

    private static String shown(Template template) {
        return template.fill(name -> "{{" + name + "}}");
    }

    /** Rows that stay as they are, so that each part is worked out once. */
    private static Dataset<Row> kept(Dataset<Row> rows) {
        return rows.sparkSession().createDataFrame(rows.collectAsList(), rows.schema());
    }
}
