package io.sluice.export;

import io.sluice.export.Jmx.Kind;
import io.sluice.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a workload as one JMeter test plan: an open-model thread group per scenario with its arrival rate.
 *
 * <p>Properties of a run: {@code host}, {@code port}, {@code protocol}, {@code duration} (seconds),
 * {@code think.percent} and {@code rate.<scenario>} (sessions per minute).
 */
final class JMeterWriter implements WorkloadWriter {
    private final Jmx jmx = new Jmx();

    @Override
    public List<ExportedFile> write(List<Scenario> scenarios) {
        if (scenarios.isEmpty()) {
            return List.of();
        }
        Map<String, Scenario> named = ScenarioName.unique(scenarios);
        String plan = jmx.document(() ->
                jmx.element(Kind.TEST_PLAN, "Workload learned by Sluice", this::planProperties, () -> {
                    jmx.element(
                            Kind.VARIABLES,
                            "Learned values",
                            () -> jmx.list("Arguments.arguments", () -> jmx.variables(learnedValues(named))));
                    jmx.element(Kind.DEFAULTS, "Where the requests go", this::target);
                    named.forEach(this::scenario);
                }));
        return List.of(new ExportedFile("workload.jmx", plan));
    }

    private void planProperties() {
        jmx.text("TestPlan.comments", "jmeter -n -t workload.jmx -Jhost=127.0.0.1 -Jport=8080 -Jduration=300");
    }

    private static Map<String, String> learnedValues(Map<String, Scenario> named) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(JmxText.DOLLAR, "$");
        named.forEach((name, scenario) -> {
            scenario.variables().forEach(variable -> values.putAll(JmxValues.choices(name, variable)));
            scenario.steps().forEach(step -> values.putAll(JmxValues.thinkTimes(name, step)));
        });
        return values;
    }

    private void target() {
        jmx.text("HTTPSampler.domain", "${__P(host,127.0.0.1)}");
        jmx.text("HTTPSampler.port", "${__P(port,8080)}");
        jmx.text("HTTPSampler.protocol", "${__P(protocol,http)}");
        jmx.text("HTTPSampler.connect_timeout", "10000");
        jmx.text("HTTPSampler.response_timeout", "30000");
    }

    private void scenario(String name, Scenario scenario) {
        String rate = String.format(Locale.ROOT, "%.3f", Math.max(scenario.arrivalsPerMinute(), 0.001));
        jmx.element(
                Kind.ARRIVALS,
                name,
                () -> {
                    jmx.text(
                            "OpenModelThreadGroup.schedule",
                            "rate(${__P(rate." + name + "," + rate + ")}/min) random_arrivals(${__P(duration,60)} s)");
                    jmx.part("ThreadGroup.main_controller", "OpenModelThreadGroupController", () -> {});
                },
                () -> {
                    jmx.element(Kind.COOKIES, "Cookies", () -> jmx.flag("CookieManager.clearEachIteration", true));
                    sessionVariables(name, scenario.variables());
                    scenario.steps().forEach(step -> new JmxStep(jmx, name, step).write());
                });
    }

    private void sessionVariables(String scenario, List<Scenario.Variable> variables) {
        if (variables.isEmpty()) {
            return;
        }
        jmx.element(Kind.SESSION_VARIABLES, "Values of one session", () -> {
            jmx.texts(
                    "UserParameters.names",
                    variables.stream().map(Scenario.Variable::name).toList());
            jmx.list(
                    "UserParameters.thread_values",
                    () -> jmx.texts(
                            "values",
                            variables.stream()
                                    .map(variable -> JmxValues.drawn(scenario, variable))
                                    .toList()));
            jmx.flag("UserParameters.per_iteration", true);
        });
    }
}
