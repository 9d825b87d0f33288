package io.sluice.report;

import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.report.ReportModel.Section;
import io.sluice.scenario.Scenario;
import io.sluice.scenario.ScenarioDocument;
import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.FidelityTable;
import io.sluice.schemas.LineageEdgeTable;
import io.sluice.schemas.RejectTable;
import io.sluice.schemas.RunTable;
import io.sluice.schemas.ScenarioTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import io.sluice.schemas.TableSpec;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Names the transforms of the page in order and takes their bounded rows out of Spark. */
public final class ReportWriter {
    /** The tables it is made from. */
    public static final List<TableSpec> TABLES = List.of(
            ExchangeTable.SPEC,
            RejectTable.SPEC,
            EndpointTable.SPEC,
            SessionTable.SPEC,
            SessionStepTable.SPEC,
            BehaviorModelTable.SPEC,
            DependencyTable.SPEC,
            ScenarioTable.SPEC,
            FidelityTable.SPEC,
            RunTable.SPEC,
            LineageEdgeTable.SPEC);

    static final int DEPENDENCIES = 300;
    static final int SCENARIOS = 50;
    static final int MEASUREMENTS = 200;

    private static final String SOURCES = "sources";
    private static final JsonMapper JSON = new JsonMapper();

    private final Function<TableSpec, Dataset<Row>> tables;

    private ReportWriter(Function<TableSpec, Dataset<Row>> tables) {
        this.tables = tables;
    }

    /** What the page about {@code subject} shows; {@code tables} gives an empty Dataset where nothing was written yet. */
    public static ReportModel gather(ReportModel.Subject subject, Function<TableSpec, Dataset<Row>> tables) {
        return new ReportWriter(tables).model(subject);
    }

    private ReportModel model(ReportModel.Subject subject) {
        Dataset<Row> exchanges = tables.apply(ExchangeTable.SPEC);
        Dataset<Row> endpoints = tables.apply(EndpointTable.SPEC);
        Dataset<Row> models = BehaviorGraphTransform.of(tables.apply(BehaviorModelTable.SPEC));
        Dataset<Row> dependencies = top(
                DependencyTable.SPEC,
                DEPENDENCIES,
                col(DependencyTable.SUPPORT).desc(),
                col(DependencyTable.CONFIDENCE).desc());
        Dataset<Row> summary = SummaryTransform.of(exchanges, tables.apply(SessionTable.SPEC));
        Dataset<Row> use = EndpointUseTransform.of(endpoints, tables.apply(SessionStepTable.SPEC), exchanges);
        Dataset<Row> runs = RunHistoryTransform.of(tables.apply(RunTable.SPEC), tables.apply(LineageEdgeTable.SPEC));
        Dataset<Row> rejects = RejectSummaryTransform.of(tables.apply(RejectTable.SPEC));
        Dataset<Row> fidelity =
                top(FidelityTable.SPEC, MEASUREMENTS, col(FidelityTable.METRIC), col(FidelityTable.MODEL_ID));
        return new ReportModel(
                subject,
                rows(summary).get(0),
                Map.of(
                        "traffic", whole(TrafficTransform.of(exchanges)),
                        "endpoints", section(EndpointTable.SPEC, use),
                        "behaviors", section(BehaviorModelTable.SPEC, models),
                        "names", whole(EndpointNameTransform.of(endpoints, models, dependencies)),
                        "dependencies", section(DependencyTable.SPEC, dependencies),
                        "scenarios", scenarios(),
                        "fidelity", section(FidelityTable.SPEC, fidelity),
                        "runs", section(RunTable.SPEC, runs),
                        "rejects", section(RejectTable.SPEC, rejects)));
    }

    private Section scenarios() {
        Dataset<Row> heaviest = top(
                        ScenarioTable.SPEC, SCENARIOS, col(ScenarioTable.WEIGHT).desc(), col(ScenarioTable.SCENARIO_ID))
                .select(ScenarioTable.DOCUMENT);
        List<JsonNode> documents = heaviest.collectAsList().stream()
                .map(row -> withoutSources(ScenarioDocument.read(row.getString(0))))
                .toList();
        return new Section(tables.apply(ScenarioTable.SPEC).count(), documents);
    }

    /** Leads back to single exchanges belong to lineage, not on a page that is passed around. */
    private static JsonNode withoutSources(Scenario scenario) {
        ObjectNode document = JSON.valueToTree(scenario);
        document.withArray("steps").forEach(step -> ((ObjectNode) step).remove(SOURCES));
        return document;
    }

    private Dataset<Row> top(TableSpec table, int limit, Column... order) {
        return tables.apply(table).orderBy(order).limit(limit);
    }

    private Section section(TableSpec table, Dataset<Row> shown) {
        return new Section(tables.apply(table).count(), rows(shown));
    }

    private static Section whole(Dataset<Row> shown) {
        List<JsonNode> rows = rows(shown);
        return new Section(rows.size(), rows);
    }

    private static List<JsonNode> rows(Dataset<Row> bounded) {
        return bounded.toJSON().collectAsList().stream()
                .map(ReportWriter::parsed)
                .toList();
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
