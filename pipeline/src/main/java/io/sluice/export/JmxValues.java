package io.sluice.export;

import io.sluice.scenario.Encoding;
import io.sluice.scenario.Scenario;
import io.sluice.scenario.Template;
import java.util.LinkedHashMap;
import java.util.Map;

/** Variables of the plan that hold learned values, and the JMeter functions that draw from them. */
final class JmxValues {
    /** Weighted choices are spread over this many equally likely variables. */
    private static final int SLOTS = 50;

    private static final int DEFAULT_LENGTH = 12;

    private JmxValues() {}

    /** The plan's variables for the choices of one session variable; none where values are made. */
    static Map<String, String> choices(String scenario, Scenario.Variable variable) {
        Map<String, String> slots = new LinkedHashMap<>();
        double total =
                variable.choices().stream().mapToDouble(Scenario.Choice::weight).sum();
        double upTo = 0;
        for (Scenario.Choice choice : variable.choices()) {
            upTo += choice.weight();
            String text = JmxText.of(Template.text(choice.value()), Encoding.NONE, Encoding.NONE);
            while (slots.size() < Math.max(1, Math.round(upTo / total * SLOTS))) {
                slots.put(choiceName(scenario, variable) + "_" + (slots.size() + 1), text);
            }
        }
        return slots;
    }

    /** The plan's variables for the deciles of think time before one step, in milliseconds. */
    static Map<String, String> thinkTimes(String scenario, Scenario.Step step) {
        Map<String, String> deciles = new LinkedHashMap<>();
        for (long decile : step.thinkTimeMs()) {
            deciles.put(thinkName(scenario, step) + "_" + (deciles.size() + 1), Long.toString(decile));
        }
        return deciles;
    }

    /** The expression that gives a session variable its value. */
    static String drawn(String scenario, Scenario.Variable variable) {
        Scenario.Generator generate = variable.generate();
        if (generate == null) {
            int slots = choices(scenario, variable).size();
            return "${__V(" + choiceName(scenario, variable) + "_${__Random(1," + slots + ")})}";
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
    static String pause(String scenario, Scenario.Step step) {
        String decile = "${__V(" + thinkName(scenario, step) + "_${__Random(1,"
                + step.thinkTimeMs().size() + ")})}";
        return "${__jexl3(" + decile + " * ${__P(think.percent,100)} / 100)}";
    }

    /** The value of {@code variable} where it stands in a place of this encoding. */
    static String place(String variable, Encoding encoding) {
        String value = "vars.get('" + variable + "') ?: ''";
        return switch (encoding) {
            case NONE -> "${" + variable + "}";
            case FORM -> "${__urlencode(${" + variable + "})}";
            case PATH -> "${__groovy(java.net.URLEncoder.encode(" + value + "\\, 'UTF-8').replace('+'\\, '%20'))}";
            case JSON -> "${__groovy(groovy.json.StringEscapeUtils.escapeJava(" + value + "))}";
        };
    }

    private static String random(int length, String alphabet) {
        return "${__RandomString(" + length + "," + alphabet + ")}";
    }

    private static String choiceName(String scenario, Scenario.Variable variable) {
        return "choice_" + scenario + "_" + variable.name();
    }

    private static String thinkName(String scenario, Scenario.Step step) {
        return "think_" + scenario + "_" + step.index();
    }
}
