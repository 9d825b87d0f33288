package io.sluice.export;

import io.sluice.scenario.Scenario;
import io.sluice.scenario.Scenario.Body;
import io.sluice.scenario.Scenario.Choice;
import io.sluice.scenario.Scenario.Expectation;
import io.sluice.scenario.Scenario.Extraction;
import io.sluice.scenario.Scenario.Format;
import io.sluice.scenario.Scenario.Generator;
import io.sluice.scenario.Scenario.Parameter;
import io.sluice.scenario.Scenario.Request;
import io.sluice.scenario.Scenario.Step;
import io.sluice.scenario.Scenario.Target;
import io.sluice.scenario.Scenario.Variable;
import io.sluice.scenario.Template;
import io.sluice.scenario.Template.Place;
import io.sluice.scenario.Template.Text;
import java.util.List;

/** A scenario whose every text tries to be code, markup or a function of the tool it is written for. */
public final class HostileScenario {
    /** Text that means something to JavaScript, JMeter, XML and shells. */
    public static final String HOSTILE =
            "\"'`${__P(user.dir)} ${x} \\${y} \\\\ </script>]]><!-- \u2028 &amp; ,) $(id) \n end";

    private HostileScenario() {}

    /** Two steps: a login whose token, location and cookie the second step needs. */
    public static Scenario scenario() {
        Step login = new Step(
                0,
                "e1",
                "POST /login*/ " + HOSTILE,
                List.of(),
                new Request(
                        "POST",
                        Template.text("/login"),
                        List.of(),
                        List.of(new Parameter("Content-Type", Template.text("application/json"))),
                        new Body(
                                "application/json",
                                parts(
                                        "{\"note\":\"${x} \\\\ \\u0041\",\"mail\":\"",
                                        "mail",
                                        "\",\"genre\":\"",
                                        "genre",
                                        "\"}"))),
                List.of(
                        new Extraction("token", "$.session['odd name'][0].token"),
                        new Extraction("order", "header:Location/-1"),
                        new Extraction("sid", "cookie:sid")),
                new Expectation(List.of(200, 201)),
                List.of());
        Step order = new Step(
                1,
                "e2",
                "GET /orders/{order_id}",
                List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L),
                new Request(
                        "GET",
                        parts("/orders/", "order", ""),
                        List.of(
                                new Parameter("q", Template.text(HOSTILE)),
                                new Parameter("sid", Template.variable("sid"))),
                        List.of(
                                new Parameter("Authorization", parts("Bearer ", "token", "")),
                                new Parameter("X-Plain", Template.text("a\\b ${x} `c`"))),
                        null),
                List.of(),
                new Expectation(List.of(404)),
                List.of());
        return new Scenario(
                "scenario-1",
                "Hostile */ ${x}",
                "model-1",
                "by-hand",
                "1",
                1.0,
                60.0,
                5,
                0,
                new Target("shop", "http", "shop.example", null),
                List.of(
                        new Variable("mail", new Generator(Format.EMAIL, null), List.of()),
                        new Variable("genre", null, List.of(new Choice(HOSTILE, 1.0)))),
                List.of(login, order));
    }

    private static Template parts(String... textThenVariable) {
        List<Template.Part> parts = new java.util.ArrayList<>();
        for (int i = 0; i < textThenVariable.length; i++) {
            if (!textThenVariable[i].isEmpty()) {
                parts.add(i % 2 == 0 ? new Text(textThenVariable[i]) : new Place(textThenVariable[i]));
            }
        }
        return new Template(parts);
    }
}
