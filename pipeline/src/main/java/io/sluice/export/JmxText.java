package io.sluice.export;

import io.sluice.scenario.Encoding;
import io.sluice.scenario.Template;
import java.util.function.UnaryOperator;

/**
 * Templates in JMeter's own notation, in which captured text can never become a JMeter function.
 *
 * <p>JMeter reads backslash escapes only in text that also holds a variable, so a literal dollar sign before a brace is spelled with
 * the variable {@value #DOLLAR} instead.
 */
final class JmxText {
    /** A variable of the plan whose value is a dollar sign. */
    static final String DOLLAR = "DOLLAR";

    private JmxText() {}

    /** The template with each variable as {@code place} writes it and its text encoded by {@code ofText}. */
    static String of(Template template, Encoding ofText, UnaryOperator<String> place) {
        StringBuilder plain = new StringBuilder();
        StringBuilder parsed = new StringBuilder();
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Place variable) {
                parsed.append(place.apply(variable.variable()));
            } else {
                String text = ofText.encode(((Template.Text) part).text());
                plain.append(text);
                parsed.append(escaped(text));
            }
        }
        boolean isParsed = !template.variables().isEmpty() || plain.indexOf("${") >= 0;
        return isParsed ? parsed.toString() : plain.toString();
    }

    /** Text without places. */
    static String literal(String text) {
        return of(Template.text(text), Encoding.NONE, UnaryOperator.identity());
    }

    /** Literal text on one line, for names of elements. */
    static String line(String text) {
        return literal(text.replaceAll("\\s+", " "));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("${", "${" + DOLLAR + "}{");
    }
}
