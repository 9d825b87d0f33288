package io.sluice.report;

import io.sluice.scenario.Scenario;
import io.sluice.scenario.ScenarioDocument;
import io.sluice.scenario.Template;
import io.sluice.schemas.ScenarioTable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** One scenario for each kind of visitor. */
final class ShopScenarios {
    private final ShopRows rows;

    ShopScenarios(ShopRows rows) {
        this.rows = rows;
    }

    void write() {
        for (int kind = 0; kind < ShopFloor.VISITORS.size(); kind++) {
            scenario(kind, ShopFloor.VISITORS.get(kind));
        }
    }

    private void scenario(int kind, ShopFloor.Visitor visitor) {
        List<Scenario.Step> steps = IntStream.range(0, visitor.way().size())
                .mapToObj(i -> scenarioStep(i, ShopFloor.page(visitor.way().get(i))))
                .toList();
        Scenario scenario = new Scenario(
                "scenario-" + kind,
                visitor.name(),
                "model-" + kind,
                "medoid-session",
                "1",
                visitor.share(),
                visitor.share() * 1.7,
                5,
                3,
                new Scenario.Target(ShopFloor.SERVICE, "https", ShopFloor.HOST, null),
                List.of(
                        new Scenario.Variable("email", new Scenario.Generator(Scenario.Format.EMAIL, null), List.of()),
                        new Scenario.Variable(
                                "word",
                                null,
                                List.of(
                                        new Scenario.Choice("history", 0.6),
                                        new Scenario.Choice("poetry", 0.3),
                                        new Scenario.Choice("maps", 0.1)))),
                steps);
        rows.add(ScenarioTable.SPEC)
                .set(ScenarioTable.SCENARIO_ID, scenario.id())
                .set(ScenarioTable.NAME, scenario.name())
                .set(ScenarioTable.MODEL_ID, scenario.modelId())
                .set(ScenarioTable.WEIGHT, scenario.weight())
                .set(ScenarioTable.DOCUMENT, ScenarioDocument.write(scenario))
                .set(ScenarioTable.K, scenario.k());
    }

    private Scenario.Step scenarioStep(int index, ShopFloor.Page page) {
        boolean login = page.id().equals("login");
        boolean token = page.id().matches("profile|cart|order|add|orders|edit|receipt");
        return new Scenario.Step(
                index,
                page.id(),
                page.method() + " " + page.template(),
                index == 0 ? List.of() : List.of(420L, 800L, 1300L, 1900L, 2700L, 3600L, 4900L, 7200L, 11400L),
                new Scenario.Request(
                        page.method(),
                        template(page.template()),
                        page.id().equals("search")
                                ? List.of(new Scenario.Parameter("q", Template.variable("word")))
                                : List.of(),
                        token
                                ? List.of(new Scenario.Parameter(
                                        "Authorization",
                                        new Template(
                                                List.of(new Template.Text("Bearer "), new Template.Place("token")))))
                                : List.of(new Scenario.Parameter("Accept", Template.text("application/json"))),
                        login
                                ? new Scenario.Body(
                                        "application/json",
                                        new Template(List.of(
                                                new Template.Text("{\"email\":\""),
                                                new Template.Place("email"),
                                                new Template.Text("\"}"))))
                                : null),
                extractions(page.id()),
                new Scenario.Expectation(page.method().equals("POST") ? List.of(200, 201) : List.of(200)),
                List.of("session-" + index + "-" + index));
    }

    private static List<Scenario.Extraction> extractions(String page) {
        return switch (page) {
            case "login" -> List.of(new Scenario.Extraction("token", "$.token"));
            case "search" ->
                List.of(
                        new Scenario.Extraction("book_id", "$.items[*].id"),
                        new Scenario.Extraction("cover_id", "$.items[*].cover"));
            case "book" -> List.of(new Scenario.Extraction("author_id", "$.author.id"));
            case "cart" -> List.of(new Scenario.Extraction("cart_id", "header:Location"));
            case "order" -> List.of(new Scenario.Extraction("order_id", "$.orderId"));
            case "orders" -> List.of(new Scenario.Extraction("order_id", "$.orders[*].id"));
            default -> List.of();
        };
    }

    private static Template template(String path) {
        List<Template.Part> parts = new ArrayList<>();
        for (String piece : path.split("(?=\\{)|(?<=})", -1)) {
            parts.add(
                    piece.startsWith("{")
                            ? new Template.Place(piece.substring(1, piece.length() - 1))
                            : new Template.Text(piece));
        }
        return new Template(parts);
    }
}
