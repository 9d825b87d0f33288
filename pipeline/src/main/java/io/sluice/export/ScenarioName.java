package io.sluice.export;

import io.sluice.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Names of scenarios that are safe as identifiers and file names, e.g. {@code s1_get_books_post_orders}. */
final class ScenarioName {
    private static final int LONGEST = 48;

    private ScenarioName() {}

    /** The scenarios, heaviest first, each under its own name. */
    static Map<String, Scenario> unique(List<Scenario> scenarios) {
        Map<String, Scenario> named = new LinkedHashMap<>();
        List<Scenario> heaviestFirst = scenarios.stream()
                .sorted((a, b) ->
                        a.weight() == b.weight() ? a.id().compareTo(b.id()) : Double.compare(b.weight(), a.weight()))
                .toList();
        for (Scenario scenario : heaviestFirst) {
            named.put("s" + (named.size() + 1) + "_" + identifier(scenario.name()), scenario);
        }
        return named;
    }

    private static String identifier(String name) {
        String words =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_|_$", "");
        return words.length() > LONGEST ? words.substring(0, LONGEST).replaceAll("_$", "") : words;
    }
}
