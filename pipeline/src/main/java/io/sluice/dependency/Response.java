package io.sluice.dependency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a server answered, ready for values to be taken out; names of headers do not mind case. */
public record Response(Map<String, List<String>> headers, JsonNode body) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** A response with this body text, which need not be JSON. */
    public static Response of(Map<String, List<String>> headers, String body) {
        return new Response(headers, json(body));
    }

    /** The first value at {@code location}; empty where there is none. */
    public Optional<String> first(Location location) {
        return switch (location.kind()) {
            case JSON -> location.first(body);
            case HEADER ->
                header(location.name()).stream().findFirst().flatMap(value -> Locations.inHeader(location, value));
            case COOKIE ->
                header("Set-Cookie").stream()
                        .flatMap(cookie -> Locations.cookie(cookie, location.name()).stream())
                        .findFirst();
            default -> throw new IllegalStateException(location + " does not point into a response");
        };
    }

    private List<String> header(String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey() != null
                        && header.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    private static JsonNode json(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
