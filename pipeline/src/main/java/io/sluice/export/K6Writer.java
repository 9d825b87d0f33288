package io.sluice.export;

import io.sluice.scenario.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes a workload as one k6 script: arrival rates as executors, a function per scenario, its steps in order. */
final class K6Writer implements WorkloadWriter {
    private static final String RUNTIME = "k6-runtime.js";
    private static final int MINUTES_PER_HOUR = 60;

    @Override
    public List<ExportedFile> write(List<Scenario> scenarios) {
        if (scenarios.isEmpty()) {
            return List.of();
        }
        Map<String, Scenario> named = ScenarioName.unique(scenarios);
        StringBuilder script = new StringBuilder(runtime());
        script.append("\nexport const options = ")
                .append(JavaScript.literal(options(named)))
                .append(";\n");
        script.append("for (const arrival of Object.values(options.scenarios)) arrival.duration = DURATION;\n");
        named.forEach((name, scenario) -> script.append('\n').append(K6Function.of(name, scenario)));
        return List.of(new ExportedFile("workload.k6.js", script.toString()));
    }

    private static Map<String, Object> options(Map<String, Scenario> named) {
        Map<String, Object> executors = new LinkedHashMap<>();
        named.forEach((name, scenario) -> executors.put(name, executor(name, scenario)));
        return Map.of("scenarios", executors, "thresholds", Map.of("checks", List.of("rate>0.95")));
    }

    private static Map<String, Object> executor(String name, Scenario scenario) {
        Map<String, Object> executor = new LinkedHashMap<>();
        executor.put("executor", "constant-arrival-rate");
        executor.put("exec", name);
        executor.put("rate", Math.max(1, Math.round(scenario.arrivalsPerMinute() * MINUTES_PER_HOUR)));
        executor.put("timeUnit", "1h");
        executor.put("duration", "1m");
        executor.put("preAllocatedVUs", 2);
        executor.put("maxVUs", 200);
        return executor;
    }

    private static String runtime() {
        try (InputStream in = Objects.requireNonNull(K6Writer.class.getResourceAsStream(RUNTIME), RUNTIME)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
