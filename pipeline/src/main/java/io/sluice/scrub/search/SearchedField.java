package io.sluice.scrub.search;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.TextNode;
import io.sluice.redaction.RedactionPolicy;
import io.sluice.redaction.StoredRedactor;
import io.sluice.redaction.ValueTraces;
import io.sluice.tenant.TenantKey;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A field of JSON texts that is looked for, by its path; what it holds stands in no message.
 *
 * @param selector the number of the selector that asks for it, from 0
 * @param values the texts, numbers or truth values as they are written, of which it must hold one; empty where any will do
 */
public record SearchedField(int selector, JsonPath path, TreeSet<String> values) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"); // RFC 8259

    /** A field of any content. */
    public static SearchedField any(int selector, JsonPath path) {
        return new SearchedField(selector, path, new TreeSet<>());
    }

    /** A field that holds {@code text}, or what redaction under {@code policy} writes in its place. */
    public static SearchedField holding(
            int selector, JsonPath path, String text, RedactionPolicy policy, TenantKey key) {
        TreeSet<String> values = new TreeSet<>(new ValueTraces(key).pseudonyms(null, text));
        values.add(text);
        StoredRedactor redactor = new StoredRedactor(policy.pseudonymsOnly(), key);
        String string = TextNode.valueOf(text).toString();
        for (String json : NUMBER.matcher(text).matches() ? List.of(string, text) : List.of(string)) {
            values.add(scalar(redactor.body(path.around(json).getBytes(StandardCharsets.UTF_8), "application/json")));
        }
        return new SearchedField(selector, path, values);
    }

    /** The only scalar of a JSON text. */
    private static String scalar(byte[] text) {
        try (JsonParser json = FieldSearch.JSON.createParser(text)) {
            while (!json.nextToken().isScalarValue()) {
                // a name, or the beginning of what is around it
            }
            return json.getText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAny() {
        return values.isEmpty();
    }

    boolean accepts(String text) {
        return values.contains(text);
    }

    @Override
    public String toString() {
        return "field of selector " + selector;
    }
}
