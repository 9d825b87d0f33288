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
 * <p>Properties of a run: {@code host}, {@code port}, {@code protocol}, {@code duration} (seconds of new sessions),
 * {@code drain} (seconds for the last ones to end), {@code think.percent} and {@code rate.<scenario>} (sessions per
 * minute).
 */
final class JMeterWriter implements WorkloadWriter {
    private static final long MILLIS_PER_SECOND = 1000;
    private static final long MARGIN_SECONDS = 10;
    private static final double SLOWEST_PER_MINUTE = 0.001;

    private final Jmx jmx = new Jmx();

    @Override
    public List<ExportedFile> write(List<Scenario> scenarios) {
        if (scenarios.isEmpty()) {
            return List.of();
        }
        Map<String, Scenario> named = ScenarioName.unique(scenarios);
        Map<String, String> learned = new LinkedHashMap<>();
        named.forEach((name, scenario) -> learned.putAll(new JmxValues(name, scenario).learned()));
        String plan = jmx.document(() ->
                jmx.element(Kind.TEST_PLAN, "Workload learned by Sluice", this::planProperties, () -> {
                    variables("Signs", Map.of(JmxText.DOLLAR, "$"));
                    variables("Learned values", learned);
                    jmx.element(Kind.DEFAULTS, "Where the requests go", this::target);
                    named.forEach(this::scenario);
                }));
        return List.of(new ExportedFile("workload.jmx", plan));
    }

    private void planProperties() {
        jmx.text("TestPlan.comments", "jmeter -n -t workload.jmx -Jhost=127.0.0.1 -Jport=8080 -Jduration=300");
    }

    private void variables(String name, Map<String, String> values) {
        jmx.element(Kind.VARIABLES, name, () -> jmx.list("Arguments.arguments", () -> jmx.variables(values)));
    }

    private void target() {
        jmx.text("HTTPSampler.domain", "${__P(host,127.0.0.1)}");
        jmx.text("HTTPSampler.port", "${__P(port,8080)}");
        jmx.text("HTTPSampler.protocol", "${__P(protocol,http)}");
        jmx.text("HTTPSampler.connect_timeout", "10000");
        jmx.text("HTTPSampler.response_timeout", "30000");
    }

    private void scenario(String name, Scenario scenario) {
        JmxValues values = new JmxValues(name, scenario);
        jmx.element(Kind.ARRIVALS, name, () -> arrivals(name, scenario), () -> {
            jmx.element(Kind.COOKIES, "Cookies", () -> jmx.flag("CookieManager.clearEachIteration", true));
            sessionVariables(values, scenario.variables());
            scenario.steps().forEach(step -> new JmxStep(jmx, values, step).write());
        });
    }

    private void arrivals(String name, Scenario scenario) {
        String rate = String.format(Locale.ROOT, "%.3f", Math.max(scenario.arrivalsPerMinute(), SLOWEST_PER_MINUTE));
        jmx.text(
                "OpenModelThreadGroup.schedule",
                "rate(${__P(rate." + name + "," + rate + ")}/min) random_arrivals(${__P(duration,60)} s)"
                        + " pause(${__P(drain," + longestSeconds(scenario) + ")} s)");
        jmx.part("ThreadGroup.main_controller", "OpenModelThreadGroupController", () -> {});
    }

    /** How long the last session may take, since JMeter stops what runs when the schedule ends. */
    private static long longestSeconds(Scenario scenario) {
        long thinking = scenario.steps().stream()
                .mapToLong(step -> step.thinkTimeMs().stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0))
                .sum();
        return thinking / MILLIS_PER_SECOND + MARGIN_SECONDS;
    }

    private void sessionVariables(JmxValues values, List<Scenario.Variable> variables) {
        if (variables.isEmpty()) {
            return;
        }
        List<String> names = variables.stream().map(Scenario.Variable::name).toList();
        List<String> drawn = variables.stream().map(values::drawn).toList();
        jmx.element(Kind.SESSION_VARIABLES, "Values of one session", () -> {
            jmx.texts("UserParameters.names", names);
            jmx.list("UserParameters.thread_values", () -> jmx.texts("values", drawn));
            jmx.flag("UserParameters.per_iteration", true);
        });
    }
}
