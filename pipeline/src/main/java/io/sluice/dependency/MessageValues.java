package io.sluice.dependency;

import io.sluice.dependency.JsonLeaves.End;
import io.sluice.dependency.JsonLeaves.Leaf;
import io.sluice.dependency.Location.Kind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values of one request or response that may flow from or to another exchange, each once per location. */
public record MessageValues(List<Value> values, boolean cut) {
    /** Leaves of a body that are looked at. */
    static final int LEAVES = 1000;

    /** Longer texts are prose or files, which nobody sends back. */
    private static final int LONGEST = 4096;

    /** A value with its location. */
    public record Value(Location location, String text) {}

    public MessageValues {
        values = List.copyOf(values);
    }

    /** What the client sent. */
    public static MessageValues ofRequest(Captured exchange) {
        Set<Value> found = new LinkedHashSet<>();
        PathParameters.of(exchange.template(), exchange.path())
                .forEach(parameter -> add(found, Location.named(Kind.PATH, parameter.name()), parameter.value()));
        if (exchange.query() != null) {
            addPairs(found, Kind.QUERY, Locations.pairs(exchange.query()));
        }
        exchange.request().headers().forEach(header -> addRequestHeader(found, header.getKey(), header.getValue()));
        return generalized(found, addBody(found, exchange.request()));
    }

    /** What the server answered. */
    public static MessageValues ofResponse(Captured exchange) {
        Set<Value> found = new LinkedHashSet<>();
        return generalized(found, addResponse(found, exchange.response()));
    }

    /** What the server answered, array indices kept. */
    public static List<Value> exactOfResponse(Captured exchange) {
        Set<Value> found = new LinkedHashSet<>();
        addResponse(found, exchange.response());
        return List.copyOf(found);
    }

    private static MessageValues generalized(Set<Value> found, boolean cut) {
        return new MessageValues(
                found.stream()
                        .map(value -> new Value(value.location().generalized(), value.text()))
                        .distinct()
                        .toList(),
                cut);
    }

    private static boolean addResponse(Set<Value> found, Captured.Message response) {
        response.headers().forEach(header -> addResponseHeader(found, header.getKey(), header.getValue()));
        return addBody(found, response);
    }

    private static void addRequestHeader(Set<Value> found, String name, String value) {
        if (name.equalsIgnoreCase("Cookie")) {
            addPairs(found, Kind.COOKIE, Locations.cookies(value));
        } else if (Headers.carriesValue(name)) {
            add(found, Headers.location(name), value.substring(Headers.schemeLength(name, value)));
        }
    }

    private static void addResponseHeader(Set<Value> found, String name, String value) {
        if (name.equalsIgnoreCase("Set-Cookie")) {
            addPairs(
                    found,
                    Kind.COOKIE,
                    Locations.cookies(value).stream().limit(1).toList());
        } else if (name.equalsIgnoreCase("Location")) {
            List<String> segments = Locations.segments(Locations.pathOf(value));
            for (int i = 0; i < segments.size(); i++) {
                add(found, Location.segment("Location", i - segments.size()), Locations.unescaped(segments.get(i)));
            }
        } else if (Headers.carriesValue(name)) {
            add(found, Headers.location(name), value);
        }
    }

    /** Adds the values of the body; true where there were more than are looked at. */
    private static boolean addBody(Set<Value> found, Captured.Message message) {
        if (message.isForm()) {
            addPairs(found, Kind.FORM, Locations.pairs(message.body()));
            return false;
        }
        if (!message.isJson()) {
            return false;
        }
        JsonLeaves json = JsonLeaves.of(message.body(), LEAVES);
        for (Leaf leaf : json.leaves()) {
            if (leaf.type() == JsonLeaves.Type.STRING || leaf.type() == JsonLeaves.Type.NUMBER) {
                add(found, leaf.location(), leaf.text());
            }
        }
        return json.end() == End.LIMIT;
    }

    private static void addPairs(Set<Value> found, Kind kind, List<Map.Entry<String, String>> pairs) {
        pairs.forEach(pair -> add(found, Location.named(kind, pair.getKey()), pair.getValue()));
    }

    private static void add(Set<Value> found, Location location, String text) {
        boolean hasName = location.kind() == Kind.JSON || !location.name().isBlank();
        if (hasName && !text.isEmpty() && text.length() <= LONGEST) {
            found.add(new Value(location, text));
        }
    }
}
