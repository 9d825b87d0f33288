package io.sluice.scenario;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Text with places for variables, kept as a list of parts so that captured text can never be taken for a place.
 *
 * <p>In JSON: {@code ["/books/", {"variable": "book_id"}]}.
 */
public record Template(List<Part> parts) {
    /** A piece of a template: either text as it is, or the name of a variable. */
    public sealed interface Part permits Text, Place {}

    /** Text that stands for itself. */
    public record Text(String text) implements Part {}

    /** Where the value of a variable goes. */
    public record Place(String variable) implements Part {}

    public Template {
        parts = List.copyOf(parts);
    }

    public static Template text(String text) {
        return new Template(text.isEmpty() ? List.of() : List.of(new Text(text)));
    }

    public static Template variable(String name) {
        return new Template(List.of(new Place(name)));
    }

    /** Names of the variables in the order in which they stand. */
    public List<String> variables() {
        return parts.stream()
                .filter(Place.class::isInstance)
                .map(part -> ((Place) part).variable())
                .toList();
    }

    /** The text with {@code valueOf(variable)} in each place. */
    public String fill(UnaryOperator<String> valueOf) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            filled.append(part instanceof Place place ? valueOf.apply(place.variable()) : ((Text) part).text());
        }
        return filled.toString();
    }

    @JsonValue
    List<Object> toJson() {
        return parts.stream()
                .map(part -> part instanceof Place place ? Map.of("variable", place.variable()) : ((Text) part).text())
                .toList();
    }

    @JsonCreator
    static Template fromJson(List<Object> json) {
        List<Part> parts = new ArrayList<>();
        for (Object part : json) {
            if (part instanceof Map<?, ?> place) {
                parts.add(new Place(String.valueOf(place.get("variable"))));
            } else {
                parts.add(new Text(String.valueOf(part)));
            }
        }
        return new Template(parts);
    }
}
