package io.sluice.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How captures are read as JSON: lenient where the meaning is clear, bodies as bytes without passing through chars. */
final class JsonText {
    private static final int MAX_DEPTH = 500;

    /** Values are bounded by the size of the exchange they stand in, so single strings need no limit of their own. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(MAX_DEPTH)
                    .build())
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** The scalar under the parser as text; null for null, objects and arrays (which are passed over). */
    static @Nullable String scalar(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
            json.skipChildren();
            return null;
        }
        return token == JsonToken.VALUE_NULL ? null : json.getText();
    }

    /** The whole number under the parser; 0 for anything else (objects and arrays are passed over). */
    static long count(JsonParser json) throws IOException {
        boolean whole = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        json.skipChildren();
        return whole ? json.getLongValue() : 0;
    }

    /** The string under the parser as UTF-8 bytes, taken from {@code text}, which the parser reads from offset 0. */
    static byte @Nullable [] bytes(JsonParser json, byte[] text) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            String scalar = scalar(json);
            return scalar == null ? null : scalar.getBytes(StandardCharsets.UTF_8);
        }
        int quote = (int) json.currentTokenLocation().getByteOffset();
        return JsonString.decode(text, quote + 1);
    }

    private JsonText() {}
}
