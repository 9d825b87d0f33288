package io.sluice.jobs.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One request as a service sees it: values of the path's places, query, headers and body. */
record Call(URI target, Map<String, String> places, Headers headers, String content) {
    static final JsonMapper JSON = new JsonMapper();

    /** The value that stood at {@code {name}} of the route. */
    String place(String name) {
        String value = places.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no place " + name);
        }
        return value;
    }

    /** The query parameter {@code name}, or the empty string. */
    String query(String name) {
        String value = form(target.getRawQuery()).path(name).asText("");
        return value.strip();
    }

    @Nullable
    String header(String name) {
        return headers.getFirst(name);
    }

    /** The body as fields, from JSON or from a form; anything else is a 400. */
    JsonNode body() {
        String type = headers.getFirst("Content-Type");
        if (type != null && type.startsWith("application/x-www-form-urlencoded")) {
            return form(content);
        }
        try {
            JsonNode body = JSON.readTree(content);
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw new Refusal(400, "the body is not JSON");
        }
        throw new Refusal(400, "the body is not a JSON object");
    }

    /** The text at {@code pointer} of {@code body}; a 400 unless all of it matches {@code allowed}. */
    static String text(JsonNode body, String pointer, Pattern allowed) {
        JsonNode value = body.at(pointer);
        if (!value.isValueNode() || !allowed.matcher(value.asText()).matches()) {
            throw new Refusal(400, pointer + " is missing or malformed");
        }
        return value.asText();
    }

    /** The whole number at {@code pointer} of {@code body}; a 400 unless it lies in 1 to {@code most}. */
    static int number(JsonNode body, String pointer, int most) {
        JsonNode value = body.at(pointer);
        if (!value.isInt() || value.intValue() < 1 || value.intValue() > most) {
            throw new Refusal(400, pointer + " is not a whole number from 1 to " + most);
        }
        return value.intValue();
    }

    private static ObjectNode form(@Nullable String encoded) {
        ObjectNode fields = JSON.createObjectNode();
        Form.pairs(encoded).forEach(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }
}
