package io.sluice.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads values of known names out of JSON that may be anything. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final int DEPTH = 3;

    private Json() {}

    /** The document, or a missing node where the text is no JSON. */
    static JsonNode read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** Text values in objects (not in lists) whose name, without case and separators, is one of {@code names}. */
    static List<String> values(JsonNode node, Set<String> names) {
        List<String> found = new ArrayList<>();
        collect(node, names, DEPTH, found);
        return found;
    }

    private static void collect(JsonNode node, Set<String> names, int depth, List<String> found) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isValueNode() && !value.isNull() && names.contains(plain(field.getKey()))) {
                found.add(value.asText());
            } else if (value.isObject() && depth > 1) {
                collect(value, names, depth - 1, found);
            }
        });
    }

    /** {@code access_token}, {@code accessToken} and {@code Access-Token} -> {@code accesstoken}. */
    static String plain(String name) {
        return name.replaceAll("[-_. ]", "").toLowerCase(Locale.ROOT);
    }
}
