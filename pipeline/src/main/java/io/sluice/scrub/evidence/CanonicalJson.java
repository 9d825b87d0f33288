package io.sluice.scrub.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one spelling of a JSON value that is hashed and signed: RFC 8785, for whole numbers only.
 *
 * <p>{@code {"b": [1, null], "a": "é"}} -> {@code {"a":"é","b":[1,null]}}
 */
public final class CanonicalJson {
    /** Beyond this, readers that hold numbers as doubles take two numbers for one. */
    private static final long LARGEST = (1L << 53) - 1;

    private final StringBuilder text = new StringBuilder();

    private CanonicalJson() {}

    /** The canonical UTF-8 bytes; refuses numbers with a fraction or beyond 2^53 - 1, and halves of surrogate pairs. */
    public static byte[] bytes(JsonNode value) {
        CanonicalJson json = new CanonicalJson();
        json.value(value);
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json.text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("A string with half of a surrogate pair has no canonical form", e);
        }
    }

    private void value(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> object(value);
            case ARRAY -> array(value);
            case STRING -> string(value.textValue());
            case NUMBER -> text.append(whole(value));
            case BOOLEAN -> text.append(value.booleanValue());
            case NULL -> text.append("null");
            default -> throw new IllegalArgumentException(value.getNodeType() + " has no canonical form");
        }
    }

    private void object(JsonNode object) {
        // the order of String is that of UTF-16 code units, as the RFC wants it
        Map<String, JsonNode> sorted = new TreeMap<>();
        object.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
        text.append('{');
        String separator = "";
        for (Map.Entry<String, JsonNode> member : sorted.entrySet()) {
            text.append(separator);
            string(member.getKey());
            text.append(':');
            value(member.getValue());
            separator = ",";
        }
        text.append('}');
    }

    private void array(JsonNode array) {
        text.append('[');
        String separator = "";
        for (JsonNode element : array) {
            text.append(separator);
            value(element);
            separator = ",";
        }
        text.append(']');
    }

    private void string(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            character(string.charAt(i));
        }
        text.append('"');
    }

    private void character(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\b' -> text.append("\\b");
            case '\t' -> text.append("\\t");
            case '\n' -> text.append("\\n");
            case '\f' -> text.append("\\f");
            case '\r' -> text.append("\\r");
            default -> {
                if (c < ' ') {
                    text.append(String.format("\\u%04x", (int) c));
                } else {
                    text.append(c);
                }
            }
        }
    }

    private static long whole(JsonNode number) {
        if (!number.isIntegralNumber() || !number.canConvertToLong()) {
            throw new IllegalArgumentException("Only whole numbers up to 2^53 - 1 have a canonical form here");
        }
        long value = number.longValue();
        if (value > LARGEST || value < -LARGEST) {
            throw new IllegalArgumentException("Only whole numbers up to 2^53 - 1 have a canonical form here");
        }
        return value;
    }
}
