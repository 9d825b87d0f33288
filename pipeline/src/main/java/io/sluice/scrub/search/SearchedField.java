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
import org.jspecify.annotations.Nullable;

/**
 * A field of JSON texts that is looked for, by its path; what it holds stands in no message.
 *
 * @param selector the number of the selector that asks for it, from 0
 * @param text the text, number or truth value that it must hold, as it is written; null where any will do
 * @param replacements what redaction may have written in its place
 */
public record SearchedField(
        int selector, JsonPath path, @Nullable String text, TreeSet<String> replacements) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Shorter pseudonyms are looked for only where redaction would write them now: elsewhere they are values of others. */
    private static final int FEWEST_CHARACTERS = 8;

    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?"); // RFC 8259

    /** A field of any content. */
    public static SearchedField any(int selector, JsonPath path) {
        return new SearchedField(selector, path, null, new TreeSet<>());
    }

    /** A field that holds {@code text}, or what redaction under {@code policy} writes in its place. */
    public static SearchedField holding(
            int selector, JsonPath path, String text, RedactionPolicy policy, TenantKey key) {
        TreeSet<String> replacements = new TreeSet<>();
        for (String pseudonym : new ValueTraces(key).pseudonyms(null, text)) {
            if (pseudonym.length() >= FEWEST_CHARACTERS) {
                replacements.add(pseudonym);
            }
        }
        StoredRedactor redactor = new StoredRedactor(policy.pseudonymsOnly(), key);
        String string = TextNode.valueOf(text).toString();
        for (String json : NUMBER.matcher(text).matches() ? List.of(string, text) : List.of(string)) {
            replacements.add(
                    scalar(redactor.body(path.around(json).getBytes(StandardCharsets.UTF_8), "application/json")));
        }
        return new SearchedField(selector, path, text, replacements);
    }

    /** The same before redaction: what others hold may be what it would write here. */
    SearchedField landed() {
        return new SearchedField(selector, path, text, new TreeSet<>());
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
        return text == null;
    }

    boolean accepts(String content) {
        return content.equals(text) || replacements.contains(content);
    }

    @Override
    public String toString() {
        return "field of selector " + selector;
    }
}
