package io.sluice.scrub.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Looks for fields in texts that are JSON, one value or several behind each other, as far as they can be read, and in their
 * strings where those are JSON themselves, escaped as in a link or a page or not.
 */
final class FieldSearch {
    private static final int LONGEST_STREAMED = 16 << 20;
    private static final int DEEPEST_STREAMED = 1 << 20;
    /** So many strings may be JSON within each other. */
    private static final int DEEPEST_STRING = 8;

    /** The parser does not recurse, and what is stored may be as deep and long as it likes; its names are nobody's to keep. */
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final JsonFactory STREAMED = JSON.copy()
            .setStreamReadConstraints(JSON.streamReadConstraints()
                    .rebuild()
                    .maxStringLength(LONGEST_STREAMED)
                    .maxNestingDepth(DEEPEST_STREAMED)
                    .build());

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final List<SearchedField> fields;

    FieldSearch(List<SearchedField> fields) {
        this.fields = fields;
    }

    /** Tells {@code found} of the selector of every field in {@code text[from, to)}. */
    void search(byte[] text, int from, int to, IntConsumer found) {
        search(text, from, to, found, DEEPEST_STRING);
    }

    private void search(byte[] text, int from, int to, IntConsumer found, int depth) {
        int begin = beginning(text, from, to);
        if (begin == to) {
            return;
        }
        // Given the bytes, the parser would read on behind the last of them where there are many.
        try (JsonParser json = JSON.createParser(new ByteArrayInputStream(text, begin, to - begin))) {
            search(json, found, depth);
        } catch (IOException brokenOff) {
            // what stood before has been looked at
        }
    }

    /** The same in all that is to come of JSON, of which no piece may be longer, or deeper, than can be held. */
    void search(InputStream text, IntConsumer found) throws IOException {
        try (JsonParser json = STREAMED.createParser(text)) {
            search(json, found, DEEPEST_STRING);
        } catch (StreamConstraintsException tooLong) {
            throw tooLong;
        } catch (JsonProcessingException | CharConversionException brokenOff) {
            // what stood before has been looked at
        }
    }

    private void search(JsonParser json, IntConsumer found, int depth) throws IOException {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            for (SearchedField field : fields) {
                if (isAt(field, json)) {
                    found.accept(field.selector());
                }
            }
            if (token == JsonToken.VALUE_STRING && depth > 0) {
                for (byte[] inner : readings(json.getText())) {
                    search(inner, 0, inner.length, found, depth - 1);
                }
            }
        }
    }

    /**
     * A string, without percent escapes and character references if it begins with one, as JSON does where it is escaped; a
     * plus may then be a blank.
     */
    private static List<byte[]> readings(String string) {
        byte[] text = string.getBytes(StandardCharsets.UTF_8);
        Escape first = text.length == 0 ? null : Escape.at(text, 0, text.length);
        if (first != Escape.PERCENT && first != Escape.HTML) {
            return List.of(text);
        }
        byte[] settled = Unescaping.settled(text, 0, text.length);
        if (string.indexOf('+') < 0) {
            return List.of(settled);
        }
        byte[] blanks = string.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
        return List.of(settled, Unescaping.settled(blanks, 0, blanks.length));
    }

    /** Where JSON begins in {@code text[from, to)}, as objects and lists do; {@code to} if nowhere. */
    static int beginning(byte[] text, int from, int to) {
        int begin = from;
        if (to - from > BYTE_ORDER_MARK.length
                && Arrays.equals(
                        text, from, from + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length)) {
            begin += BYTE_ORDER_MARK.length;
        }
        while (begin < to && Character.isWhitespace(text[begin])) {
            begin++;
        }
        return begin < to && (text[begin] == '{' || text[begin] == '[') ? begin : to;
    }

    /** Whether what {@code json} stands on is the value of one of the fields. */
    boolean isAt(JsonParser json) throws IOException {
        for (SearchedField field : fields) {
            if (isAt(field, json)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAt(SearchedField field, JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        JsonStreamContext context = json.getParsingContext();
        if (!token.isStructStart() && !token.isScalarValue()) {
            return false;
        }
        if (!field.path().isAt(token.isStructStart() ? context.getParent() : context)) {
            return false;
        }
        boolean isMask = token == JsonToken.VALUE_STRING && json.getText().equals(Masking.MASK);
        return field.isAny() ? !isMask : token.isScalarValue() && field.accepts(json.getText());
    }
}
