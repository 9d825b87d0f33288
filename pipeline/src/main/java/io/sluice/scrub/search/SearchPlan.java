package io.sluice.scrub.search;

import io.sluice.redaction.IdentifierKind;
import io.sluice.redaction.ValueTraces;
import io.sluice.tenant.TenantKey;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Everything that values may have become on their way into storage; it holds them in the clear and is never shown. */
public final class SearchPlan implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Values of fewer characters stand in too much to be told apart. */
    public static final int FEWEST_CHARACTERS = Needle.FEWEST_BYTES;

    private static final List<String> DIGESTS = List.of("MD5", "SHA-1", "SHA-256");
    private static final int FEWEST_DIGITS = 7;

    private final LinkedHashSet<Needle> needles = new LinkedHashSet<>();

    private SearchPlan() {}

    /** A plan for {@code values}, each of at least {@link #FEWEST_CHARACTERS}. */
    public static SearchPlan of(List<SearchedValue> values, TenantKey key) {
        SearchPlan plan = new SearchPlan();
        ValueTraces traces = new ValueTraces(key);
        for (SearchedValue value : values) {
            plan.add(value);
            traces.pseudonyms(value.kind(), value.text())
                    .forEach(pseudonym -> plan.written(value, pseudonym, Form.PSEUDONYM));
            traces.indexHashes(value.kind(), value.text())
                    .forEach(hash -> plan.add(value.selector(), Form.INDEX_HASH, utf8(hash)));
        }
        return plan;
    }

    Set<Needle> needles() {
        return needles;
    }

    private void add(SearchedValue value) {
        written(value, value.text(), Form.PLAIN);
        for (String spelling : spellings(value.text())) {
            add(value.selector(), Form.UTF16, spelling.getBytes(StandardCharsets.UTF_16LE));
            add(value.selector(), Form.UTF16, spelling.getBytes(StandardCharsets.UTF_16BE));
            for (String digest : DIGESTS) {
                add(value.selector(), Form.DIGEST, digest(digest, utf8(spelling)));
            }
        }
    }

    /** What is written as text: the spellings of {@code text}, and more where it is an e-mail address or a number. */
    private void written(SearchedValue value, String text, Form form) {
        for (String spelling : spellings(text)) {
            add(value.selector(), form, utf8(spelling));
            if (spelling.indexOf(' ') >= 0) {
                add(value.selector(), form, utf8(spelling.replace(' ', '+'))); // as forms are sent
            }
        }
        int at = text.lastIndexOf('@');
        if (value.kind() == IdentifierKind.EMAIL && at > 0 && text.length() - at > Needle.FEWEST_BYTES) {
            needles.add(Needle.tagged(value.selector(), utf8(text.substring(0, at)), utf8(text.substring(at))));
        }
        boolean number = value.kind() == IdentifierKind.PHONE || value.kind() == IdentifierKind.CARD;
        String digits = text.replaceAll("[^0-9]", "").replaceFirst("^00", "");
        if (number && digits.length() >= FEWEST_DIGITS) {
            add(value.selector(), form == Form.PLAIN ? Form.DIGITS : form, utf8(digits));
        }
    }

    /** As given and in both normal forms (Unicode Annex 15), each in lower and upper case too where that is more than ASCII. */
    private static Set<String> spellings(String text) {
        Set<String> spellings = new LinkedHashSet<>();
        for (String normal : List.of(
                text,
                Normalizer.normalize(text, Normalizer.Form.NFC),
                Normalizer.normalize(text, Normalizer.Form.NFD))) {
            spellings.add(normal);
            spellings.add(normal.toLowerCase(Locale.ROOT));
            spellings.add(normal.toUpperCase(Locale.ROOT));
        }
        return spellings;
    }

    private void add(int selector, Form form, byte[] bytes) {
        if (bytes.length >= Needle.FEWEST_BYTES) {
            needles.add(Needle.of(selector, form, bytes));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has these three
        }
    }
}
