package io.sluice.scrub.search;

import io.sluice.redaction.IdentifierKind;
import io.sluice.redaction.ValueTraces;
import io.sluice.tenant.TenantKey;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.ArrayList;
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
    private static final int FEWEST_OF_CHANCE = 8;
    private static final int LONGEST_ESCAPE = 64;
    private static final int FAR = 1 << 20;

    private final LinkedHashSet<Needle> needles = new LinkedHashSet<>();

    private final ArrayList<SearchedPattern> patterns = new ArrayList<>();
    private final ArrayList<SearchedField> fields = new ArrayList<>();
    private final ArrayList<SearchedRule> rules = new ArrayList<>();

    private Scope scope = Scope.EVERYTHING;
    private boolean idsLeftOut;
    private boolean otherLetters;
    private boolean controls;

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

    /** Looks for {@code pattern} too. */
    public SearchPlan and(SearchedPattern pattern) {
        patterns.add(pattern);
        return this;
    }

    /** Looks for {@code field} too. */
    public SearchPlan and(SearchedField field) {
        fields.add(field);
        return this;
    }

    /** Looks for what {@code rule} takes out too. */
    public SearchPlan and(SearchedRule rule) {
        rules.add(rule);
        return this;
    }

    /** Does not look into columns of tables that are made up here, which masks cannot reach. */
    public SearchPlan withoutIds() {
        idsLeftOut = true;
        return this;
    }

    /** The same without patterns, which match ids and hashes that nobody means where those stand beside what was captured. */
    public SearchPlan withoutPatterns() {
        SearchPlan plan = copy();
        plan.patterns.clear();
        return plan;
    }

    /** The same for what was not redacted yet, where a field holds no pseudonym. */
    public SearchPlan landed() {
        SearchPlan plan = copy();
        plan.fields.replaceAll(SearchedField::landed);
        return plan;
    }

    private SearchPlan copy() {
        SearchPlan plan = new SearchPlan();
        plan.needles.addAll(needles);
        plan.patterns.addAll(patterns);
        plan.fields.addAll(fields);
        plan.rules.addAll(rules);
        plan.scope = scope;
        plan.idsLeftOut = idsLeftOut;
        plan.otherLetters = otherLetters;
        plan.controls = controls;
        return plan;
    }

    boolean leavesIdsOut() {
        return idsLeftOut;
    }

    /** Looks into exchanges of that scope only, and nowhere else, unless it is everything. */
    public SearchPlan within(Scope only) {
        scope = only;
        return this;
    }

    public Scope scope() {
        return scope;
    }

    /** The redaction rules among all that is looked for. */
    public List<SearchedRule> rules() {
        return rules;
    }

    Set<Needle> needles() {
        return needles;
    }

    List<SearchedPattern> patterns() {
        return patterns;
    }

    List<SearchedField> fields() {
        return fields;
    }

    /** The fewest bytes of text, with nothing encoded any more, that something looked for can take. */
    int fewestBytes() {
        return patterns.isEmpty() && fields.isEmpty()
                ? needles.stream().mapToInt(Needle::length).min().orElse(Needle.FEWEST_BYTES)
                : Needle.FEWEST_BYTES;
    }

    /** How far from an encoded character of what is looked for its first or last one can stand. */
    int reach() {
        int longest = needles.stream().mapToInt(Needle::length).max().orElse(0);
        return patterns.isEmpty() && fields.isEmpty() ? 4 * longest + LONGEST_ESCAPE : FAR;
    }

    private void add(SearchedValue value) {
        controls |= value.text().chars().anyMatch(Character::isISOControl);
        otherLetters |= value.text().chars().anyMatch(symbol -> symbol >= 0x80);
        written(value, value.text(), Form.PLAIN);
        for (String spelling : spellings(value.text())) {
            add(value.selector(), Form.UTF16, spelling.getBytes(StandardCharsets.UTF_16LE));
            add(value.selector(), Form.UTF16, spelling.getBytes(StandardCharsets.UTF_16BE));
            digests(value, spelling);
        }
        if (isNumber(value)) {
            String digits = digits(value.text());
            digests(value, digits);
            digests(value, "+" + digits);
            add(value.selector(), Form.UTF16, digits.getBytes(StandardCharsets.UTF_16LE));
            add(value.selector(), Form.UTF16, digits.getBytes(StandardCharsets.UTF_16BE));
        }
    }

    /** What is written as text: the spellings of {@code text}, and more where it is an e-mail address or a number. */
    private void written(SearchedValue value, String text, Form form) {
        for (String spelling : spellings(text)) {
            needle(value, form, spelling);
            if (spelling.indexOf(' ') >= 0) {
                add(value.selector(), form, utf8(spelling.replace(' ', '+'))); // as forms are sent
            }
        }
        int at = text.lastIndexOf('@');
        if (value.kind() == IdentifierKind.EMAIL && at > 0 && text.length() - at > Needle.FEWEST_BYTES) {
            needles.add(Needle.tagged(value.selector(), utf8(text.substring(0, at)), utf8(text.substring(at))));
        }
        String digits = digits(text);
        if (isNumber(value) && digits.length() >= FEWEST_DIGITS) {
            add(value.selector(), form == Form.PLAIN ? Form.DIGITS : form, utf8(digits));
        }
    }

    private void digests(SearchedValue value, String text) {
        for (String algorithm : DIGESTS) {
            add(value.selector(), Form.DIGEST, digest(algorithm, utf8(text)));
        }
    }

    private static boolean isNumber(SearchedValue value) {
        return value.kind() == IdentifierKind.PHONE || value.kind() == IdentifierKind.CARD;
    }

    private static String digits(String text) {
        return text.replaceAll("[^0-9]", "").replaceFirst("^00", "");
    }

    /** Whether a value has letters of which there are more forms than two cases of ASCII. */
    boolean hasOtherLetters() {
        return otherLetters;
    }

    /** Whether a value has characters that are not printed. */
    boolean hasControls() {
        return controls;
    }

    /** The one form that stands for all cases and widths of letters (Unicode Annex 15, form KC). */
    static String folded(String text) {
        return Normalizer.normalize(text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFKC);
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
        spellings.add(folded(text));
        return spellings;
    }

    /**
     * The name of a mail box ends where its letters and digits end: that of another may go on. So does a short pseudonym, which
     * chance writes within other words.
     */
    private void needle(SearchedValue value, Form form, String text) {
        byte[] bytes = utf8(text);
        if (bytes.length >= Needle.FEWEST_BYTES) {
            boolean isShort = form == Form.PSEUDONYM && bytes.length < FEWEST_OF_CHANCE;
            boolean whole = isShort || (value.kind() == IdentifierKind.EMAIL && text.indexOf('@') > 0);
            needles.add(whole ? Needle.whole(value.selector(), form, bytes) : Needle.of(value.selector(), form, bytes));
        }
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
