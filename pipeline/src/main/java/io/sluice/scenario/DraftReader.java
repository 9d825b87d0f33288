package io.sluice.scenario;

import io.sluice.dependency.Captured;
import io.sluice.scenario.Draft.Evidence;
import io.sluice.scenario.Draft.Head;
import io.sluice.scenario.Draft.Place;
import io.sluice.scenario.Draft.Sent;
import io.sluice.scenario.Draft.Source;
import io.sluice.scenario.Scenario.Choice;
import io.sluice.scenario.Scenario.Target;
import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.ScenarioTable;
import io.sluice.schemas.SessionStepTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/** Reads the rows that {@link ScenarioTransform} gathers, one per chosen session. */
final class DraftReader {
    private DraftReader() {}

    static Draft read(Row row) {
        List<Row> steps = list(row, ScenarioTransform.STEPS);
        double share = row.getAs(SessionChoiceTransform.SHARE);
        double weight = row.getAs(BehaviorModelTable.WEIGHT);
        double arrivals = row.getAs(BehaviorModelTable.ARRIVALS_PER_MINUTE);
        return new Draft(
                new Head(
                        row.getAs(BehaviorModelTable.NAME),
                        row.getAs(BehaviorModelTable.MODEL_ID),
                        weight * share,
                        arrivals * share,
                        row.getAs(ScenarioTable.K),
                        row.getAs(ScenarioTable.SOURCE_VERSION)),
                target(steps.get(0)),
                steps.stream().map(DraftReader::sent).toList(),
                new Evidence(sources(row), choices(row), statuses(row)));
    }

    private static Target target(Row step) {
        String service = step.getAs(ExchangeTable.SERVICE);
        String host = step.getAs(ExchangeTable.HOST);
        String scheme = step.getAs(ExchangeTable.SCHEME);
        Integer port = step.getAs(ExchangeTable.PORT);
        return new Target(service, "https".equals(scheme) ? "https" : "http", host == null ? service : host, port);
    }

    private static Sent sent(Row step) {
        return new Sent(
                step.getAs(ExchangeTable.EXCHANGE_ID),
                step.getAs(SessionStepTable.ENDPOINT_ID),
                step.getAs(ExchangeTable.METHOD),
                step.getAs("seen_status"),
                list(step, ScenarioTransform.THINK_TIME),
                Captured.of(step));
    }

    private static List<Source> sources(Row row) {
        return DraftReader.<Row>list(row, ScenarioTransform.SOURCES).stream()
                .map(source -> new Source(
                        source.getString(0),
                        source.getString(1),
                        source.getString(2),
                        source.getString(3),
                        source.getString(4).equals("global")))
                .distinct()
                .sorted(Comparator.comparing(Source::producerLocation).thenComparing(Source::producerEndpointId))
                .toList();
    }

    private static Map<Place, List<Choice>> choices(Row row) {
        Map<Place, List<Choice>> choices = new HashMap<>();
        DraftReader.<Row>list(row, ScenarioTransform.CHOICES).stream()
                .sorted(Comparator.comparing((Row choice) -> choice.getInt(4)))
                .forEach(choice -> choices.computeIfAbsent(
                                new Place(choice.getString(0), choice.getString(1)), place -> new ArrayList<>())
                        .add(new Choice(choice.getString(2), choice.getLong(3))));
        return choices;
    }

    private static Map<String, List<Integer>> statuses(Row row) {
        Map<String, List<Integer>> statuses = new HashMap<>();
        DraftReader.<Row>list(row, ScenarioTransform.STATUSES).stream()
                .sorted(Comparator.comparing((Row status) -> status.getLong(2))
                        .reversed()
                        .thenComparing(status -> status.getInt(1)))
                .forEach(status -> statuses.computeIfAbsent(status.getString(0), endpoint -> new ArrayList<>())
                        .add(status.getInt(1)));
        return statuses;
    }

    private static <T> List<T> list(Row row, String column) {
        int index = row.fieldIndex(column);
        return row.isNullAt(index) ? List.of() : row.getList(index);
    }
}
