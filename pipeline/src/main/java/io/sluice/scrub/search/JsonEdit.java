package io.sluice.scrub.search;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Puts masks into texts that are JSON, name by name and value by value; everything else keeps its bytes. */
final class JsonEdit {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final String NUMBER_MASK = "0";

    private final FieldSearch fields;

    /** {@code fields} are masked with all that they hold. */
    JsonEdit(FieldSearch fields) {
        this.fields = fields;
    }

    /** Gives every name and scalar to {@code masking}; from where {@code text} is not JSON, it is left as it is. */
    byte[] of(byte[] text, UnaryOperator<byte[]> masking) {
        String characters = new String(text, StandardCharsets.UTF_8);
        if (FieldSearch.beginning(text, 0, text.length) == text.length
                || !Arrays.equals(text, characters.getBytes(StandardCharsets.UTF_8))) {
            return text;
        }
        int mark = characters.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        StringBuilder out = new StringBuilder(characters.length());
        int done = 0;
        try (JsonParser json = FieldSearch.JSON.createParser(characters.substring(mark))) {
            while (json.nextToken() != null) {
                int from = mark + (int) json.currentTokenLocation().getCharOffset();
                String fresh = fields.isAt(json) ? quoted(Masking.MASK) : masked(json, masking);
                if (!fresh.isEmpty()) {
                    json.skipChildren();
                    int to = json.currentToken().isStructEnd()
                            ? mark + (int) json.currentLocation().getCharOffset()
                            : end(characters, from);
                    out.append(characters, done, from).append(fresh);
                    done = to;
                }
            }
        } catch (IOException brokenOff) {
            // what is left is not JSON
        }
        out.append(characters, done, characters.length());
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What a name or scalar becomes; nothing where it stays. */
    private static String masked(JsonParser json, UnaryOperator<byte[]> masking) throws IOException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.FIELD_NAME && token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            return "";
        }
        byte[] text = json.getText().getBytes(StandardCharsets.UTF_8);
        byte[] masked = masking.apply(text);
        if (masked == text) {
            return "";
        }
        return token.isNumeric() ? NUMBER_MASK : quoted(new String(masked, StandardCharsets.UTF_8));
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /** Behind the string, number or literal that begins at {@code from}. */
    private static int end(String text, int from) {
        int at = from + 1;
        if (text.charAt(from) != '"') {
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || isInNumber(text.charAt(at)))) {
                at++;
            }
            return at;
        }
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static boolean isInNumber(char symbol) {
        return symbol == '+' || symbol == '-' || symbol == '.';
    }
}
