package io.sluice.export;

import io.sluice.scenario.Encoding;
import io.sluice.scenario.Template;

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

    /** The template with each place wrapped for {@code ofPlaces} and its text encoded by {@code ofText}. */
    static String of(Template template, Encoding ofText, Encoding ofPlaces) {
        StringBuilder plain = new StringBuilder();
        StringBuilder parsed = new StringBuilder();
        for (Template.Part part : template.parts()) {
            if (part instanceof Template.Place place) {
                parsed.append(JmxValues.place(place.variable(), ofPlaces));
            } else {
                String text = ofText.encode(((Template.Text) part).text());
                plain.append(text);
                parsed.append(escaped(text));
            }
        }
        boolean isParsed = !template.variables().isEmpty() || plain.indexOf("${") >= 0;
        return isParsed ? parsed.toString() : plain.toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("${", "${" + DOLLAR + "}{");
    }
}
