package io.sluice.export;

import io.sluice.dependency.Location;
import io.sluice.scenario.Encoding;
import io.sluice.scenario.Scenario;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The values of one scenario in JMeter: plan variables that hold learned ones, and expressions that draw from them. */
final class JmxValues {
    /** Weighted choices are spread over this many equally likely variables. */
    private static final int SLOTS = 50;

    private static final int DEFAULT_LENGTH = 12;

    private final String scenario;
    private final List<Scenario.Step> steps;
    private final List<Scenario.Variable> variables;
    private final Set<String> percentEncoded;

    JmxValues(String name, Scenario scenario) {
        this.scenario = name;
        this.steps = scenario.steps();
        this.variables = scenario.variables();
        this.percentEncoded = scenario.steps().stream()
                .flatMap(step -> step.extract().stream())
                .filter(extraction -> isUrlSegment(Location.parse(extraction.from())))
                .map(Scenario.Extraction::variable)
                .collect(Collectors.toSet());
    }

    /** All plan variables with their values. */
    Map<String, String> learned() {
        Map<String, String> learned = new LinkedHashMap<>();
        variables.forEach(variable -> learned.putAll(choices(variable)));
        steps.forEach(step -> learned.putAll(thinkTimes(step)));
        return learned;
    }

    private Map<String, String> choices(Scenario.Variable variable) {
        Map<String, String> slots = new LinkedHashMap<>();
        double total =
                variable.choices().stream().mapToDouble(Scenario.Choice::weight).sum();
        double upTo = 0;
        for (Scenario.Choice choice : variable.choices()) {
            upTo += choice.weight();
            String text = JmxText.literal(choice.value());
            while (slots.size() < Math.max(1, Math.round(upTo / total * SLOTS))) {
                slots.put(choiceName(variable) + "_" + (slots.size() + 1), text);
            }
        }
        return slots;
    }

    private Map<String, String> thinkTimes(Scenario.Step step) {
        Map<String, String> deciles = new LinkedHashMap<>();
        for (long decile : step.thinkTimeMs()) {
            deciles.put(thinkName(step) + "_" + (deciles.size() + 1), Long.toString(decile));
        }
        return deciles;
    }

    /** The expression that gives a session variable its value. */
    String drawn(Scenario.Variable variable) {
        Scenario.Generator generate = variable.generate();
        if (generate == null) {
            int slots = choices(variable).size();
            return "${__V(" + choiceName(variable) + "_${__Random(1," + slots + ")})}";
        }
        Integer length = generate.length();
        int characters = length == null ? DEFAULT_LENGTH : length;
        return switch (generate.format()) {
            case EMAIL -> "${__RandomString(12,abcdefghijklmnopqrstuvwxyz)}@example.org";
            case PHONE -> "+1555${__RandomString(7,0123456789)}";
            case NAME -> "${__RandomString(1,ABCDEFGHKLMNPRST)}${__RandomString(7,abcdefghijklmnopqrstuvwxyz)}";
            case UUID -> "${__UUID()}";
            case INTEGER -> "${__Random(1,9)}" + (characters > 1 ? random(characters - 1, "0123456789") : "");
            case DATE -> "20${__Random(20,26)}-0${__Random(1,9)}-1${__Random(0,9)}";
            case PASSWORD -> "Aa1-" + random(Math.max(characters - 4, 4), "abcdefghijklmnopqrstuvwxyz");
            case TEXT -> random(characters, "abcdefghijklmnopqrstuvwxyz");
        };
    }

    /** The expression for the pause before a step, in milliseconds. */
    String pause(Scenario.Step step) {
        String decile = "${__V(" + thinkName(step) + "_${__Random(1,"
                + step.thinkTimeMs().size() + ")})}";
        return "${__jexl3(" + decile + " * ${__P(think.percent,100)} / 100)}";
    }

    /** The value of {@code variable} where it stands in a place of this encoding. */
    String place(String variable, Encoding encoding) {
        String text = percentEncoded.contains(variable) ? "${__urldecode(${" + variable + "})}" : "${" + variable + "}";
        String value = percentEncoded.contains(variable)
                ? "java.net.URLDecoder.decode(vars.get('" + variable + "') ?: ''\\, 'UTF-8')"
                : "vars.get('" + variable + "') ?: ''";
        return switch (encoding) {
            case NONE -> text;
            case FORM -> "${__urlencode(" + text + ")}";
            case PATH -> "${__groovy(java.net.URLEncoder.encode(" + value + "\\, 'UTF-8').replace('+'\\, '%20'))}";
            case JSON -> "${__groovy(groovy.json.StringEscapeUtils.escapeJava(" + value + "))}";
        };
    }

    /** JMeter's extractors take such a segment as it stands in the URL. */
    private static boolean isUrlSegment(Location location) {
        return location.kind() == Location.Kind.HEADER && !location.keys().isEmpty();
    }

    private static String random(int length, String alphabet) {
        return "${__RandomString(" + length + "," + alphabet + ")}";
    }

    private String choiceName(Scenario.Variable variable) {
        return "choice_" + scenario + "_" + variable.name();
    }

    private String thinkName(Scenario.Step step) {
        return "think_" + scenario + "_" + step.index();
    }
}
