package io.sluice.dependency;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a value stands in a request or response.
 *
 * <p>{@code $.items[*].id}, {@code $['odd name'][0]}: a JSON body; {@code header:Location}, {@code cookie:sid},
 * {@code path:book_id}, {@code query:page}, {@code form:user}: a named part; {@code header:Location/-1}: the last
 * path segment of the URL in that header.
 */
public record Location(Kind kind, String name, List<Key> keys) {
    /** The part of a message that a location points into. */
    public enum Kind {
        JSON,
        HEADER,
        COOKIE,
        PATH,
        QUERY,
        FORM
    }

    /** One step of the way into a JSON body, or the segment of a URL in a header. */
    public sealed interface Key permits Field, Index, Any {}

    /** A member of an object. */
    public record Field(String name) implements Key {}

    /** An element of an array from 0; in a header a path segment, counted from the end if negative. */
    public record Index(int at) implements Key {}

    /** Any element of an array. */
    public record Any() implements Key {}

    public Location {
        keys = List.copyOf(keys);
    }

    /** A location in a JSON body. */
    public static Location json(List<Key> keys) {
        return new Location(Kind.JSON, "", keys);
    }

    /** A named part of a message, e.g. a header. */
    public static Location named(Kind kind, String name) {
        return new Location(kind, name, List.of());
    }

    /** The path segment of the URL in a header, counted from the end: -1 is the last. */
    public static Location segment(String header, int fromEnd) {
        return new Location(Kind.HEADER, header, List.of(new Index(fromEnd)));
    }

    /** Reads the text form; fails with {@link IllegalArgumentException} where it is not one. */
    public static Location parse(String text) {
        return new LocationParser(text).parse();
    }

    /** This location with every array index made {@link Any}. */
    public Location generalized() {
        return kind == Kind.JSON
                ? json(keys.stream()
                        .map(key -> key instanceof Index ? new Any() : key)
                        .toList())
                : this;
    }

    /** The first scalar here in the JSON {@code body}, as text; empty where there is none. */
    public Optional<String> first(JsonNode body) {
        if (kind != Kind.JSON) {
            throw new IllegalStateException(this + " does not point into a JSON body");
        }
        return first(body, 0);
    }

    private Optional<String> first(JsonNode node, int depth) {
        if (depth == keys.size()) {
            return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
        }
        Key key = keys.get(depth);
        if (key instanceof Field field) {
            return node.isObject() ? first(node.path(field.name()), depth + 1) : Optional.empty();
        }
        if (key instanceof Index index) {
            return node.isArray() ? first(node.path(index.at()), depth + 1) : Optional.empty();
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            Optional<String> found = first(node.path(i), depth + 1);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The text form, which {@link #parse} reads. */
    @Override
    public String toString() {
        if (kind == Kind.JSON) {
            return keys.stream().map(Location::text).collect(Collectors.joining("", "$", ""));
        }
        String part = kind.name().toLowerCase(Locale.ROOT) + ":" + name;
        return keys.isEmpty() ? part : part + "/" + ((Index) keys.get(0)).at();
    }

    private static String text(Key key) {
        if (key instanceof Field field) {
            return LocationParser.isPlain(field.name())
                    ? "." + field.name()
                    : "['" + field.name().replace("\\", "\\\\").replace("'", "\\'") + "']";
        }
        return key instanceof Index index ? "[" + index.at() + "]" : "[*]";
    }
}
