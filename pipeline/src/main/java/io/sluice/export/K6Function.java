package io.sluice.export;

import io.sluice.dependency.Location;
import io.sluice.scenario.Encoding;
import io.sluice.scenario.Scenario;
import io.sluice.scenario.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The JavaScript function that plays one scenario; variables live in {@code v}. */
final class K6Function {
    /** Stands for any element of an array. */
    private static final List<Object> EVERY = List.of();

    private final StringBuilder code = new StringBuilder();

    private K6Function() {}

    static String of(String name, Scenario scenario) {
        K6Function function = new K6Function();
        function.code.append("export function ").append(name).append("() {\n");
        function.variables(scenario.variables());
        scenario.steps().forEach(function::step);
        return function.code.append("}\n").toString();
    }

    private void variables(List<Scenario.Variable> variables) {
        line("const v = {};");
        for (Scenario.Variable variable : variables) {
            line("v." + variable.name() + " = " + firstValue(variable) + ";");
        }
    }

    private static String firstValue(Scenario.Variable variable) {
        Scenario.Generator generate = variable.generate();
        if (generate == null) {
            return "choose(" + JavaScript.literal(weighted(variable.choices())) + ")";
        }
        return "fresh." + generate.format() + "(" + (generate.length() == null ? "" : generate.length()) + ")";
    }

    private static List<List<Object>> weighted(List<Scenario.Choice> choices) {
        return choices.stream()
                .map(choice -> List.<Object>of(choice.value(), choice.weight()))
                .toList();
    }

    private void step(Scenario.Step step) {
        code.append('\n');
        line("think(" + step.thinkTimeMs() + ");");
        String call = "send(" + JavaScript.literal(step.name()) + ", "
                + JavaScript.literal(step.request().method())
                + ", " + url(step.request()) + ", " + body(step.request()) + ", " + headers(step.request()) + ", "
                + step.expect().status() + ");";
        if (step.extract().isEmpty()) {
            line(call);
            return;
        }
        String response = "r" + step.index();
        line("const " + response + " = " + call);
        for (Scenario.Extraction extraction : step.extract()) {
            String place = JavaScript.literal(place(Location.parse(extraction.from())));
            line("v." + extraction.variable() + " = take(" + response + ", " + place + ");");
        }
    }

    /** A location as {@code take} in the script wants it: the part, its name if it has one, and the keys. */
    private static List<Object> place(Location location) {
        List<Object> place = new ArrayList<>();
        place.add(location.kind().name().toLowerCase(Locale.ROOT));
        if (location.kind() != Location.Kind.JSON) {
            place.add(location.name());
        }
        for (Location.Key key : location.keys()) {
            if (key instanceof Location.Field field) {
                place.add(field.name());
            } else {
                place.add(key instanceof Location.Index index ? index.at() : EVERY);
            }
        }
        return place;
    }

    private static String url(Scenario.Request request) {
        String path = concatenated(request.path(), "asPath", Encoding.NONE);
        if (request.query().isEmpty()) {
            return path;
        }
        return path + " + '?' + "
                + request.query().stream()
                        .map(parameter -> JavaScript.literal(Encoding.FORM.encode(parameter.name()) + "=") + " + "
                                + concatenated(parameter.value(), "asForm", Encoding.FORM))
                        .collect(Collectors.joining(" + '&' + "));
    }

    private static String body(Scenario.Request request) {
        Scenario.Body body = request.body();
        if (body == null) {
            return "null";
        }
        String encoder = switch (Encoding.ofMediaType(body.mediaType())) {
            case JSON -> "asJson";
            case FORM -> "asForm";
            case NONE, PATH -> "asIs";
        };
        return concatenated(body.text(), encoder, Encoding.NONE);
    }

    private static String headers(Scenario.Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Scenario.Parameter header : request.headers()) {
            headers.merge(
                    header.name(),
                    concatenated(header.value(), "asIs", Encoding.NONE),
                    (first, next) -> first + " + ', ' + " + next);
        }
        return headers.entrySet().stream()
                .map(header -> JavaScript.literal(header.getKey()) + ": " + header.getValue())
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String concatenated(Template template, String encoder, Encoding ofText) {
        if (template.parts().isEmpty()) {
            return "''";
        }
        return template.parts().stream()
                .map(part -> part instanceof Template.Place place
                        ? encoder + "(v." + place.variable() + ")"
                        : JavaScript.literal(ofText.encode(((Template.Text) part).text())))
                .collect(Collectors.joining(" + "));
    }

    private void line(String statement) {
        code.append("  ").append(statement).append('\n');
    }
}
