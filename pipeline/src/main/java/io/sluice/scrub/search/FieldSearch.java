package io.sluice.scrub.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Looks for fields in texts that are JSON, one value or several behind each other, as far as they can be read. */
final class FieldSearch {
    /** The parser does not recurse, and what is stored may be as deep and long as it likes; its names are nobody's to keep. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final List<SearchedField> fields;

    FieldSearch(List<SearchedField> fields) {
        this.fields = fields;
    }

    /** Tells {@code found} of the selector of every field in {@code text[from, to)}. */
    void search(byte[] text, int from, int to, IntConsumer found) {
        int begin = from;
        if (to - from > BYTE_ORDER_MARK.length
                && Arrays.equals(
                        text, from, from + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
            begin += BYTE_ORDER_MARK.length;
        }
        while (begin < to && Character.isWhitespace(text[begin])) {
            begin++;
        }
        if (begin == to || (text[begin] != '{' && text[begin] != '[')) {
            return;
        }
        try (JsonParser json = JSON.createParser(text, begin, to - begin)) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isStructStart() || token.isScalarValue()) {
                    JsonStreamContext context = json.getParsingContext();
                    value(json, token.isStructStart() ? context.getParent() : context, found);
                    if (token == JsonToken.VALUE_STRING) { // which may be JSON itself
                        byte[] inner = json.getText().getBytes(StandardCharsets.UTF_8);
                        search(inner, 0, inner.length, found);
                    }
                }
            }
        } catch (IOException brokenOff) {
            // what stood before has been looked at
        }
    }

    private void value(JsonParser json, JsonStreamContext context, IntConsumer found) throws IOException {
        for (SearchedField field : fields) {
            if (field.path().isAt(context)
                    && (field.isAny() || (json.currentToken().isScalarValue() && field.accepts(json.getText())))) {
                found.accept(field.selector());
            }
        }
    }
}
