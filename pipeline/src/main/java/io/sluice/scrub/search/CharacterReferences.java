package io.sluice.scrub.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.text.translate.EntityArrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the references off a text by which HTML and XML write characters, by a name or a number between an ampersand
 * and a semicolon (HTML, section 13.5, "Named character references"; XML 1.0, section 4.1).
 */
final class CharacterReferences {
    /** Of ASCII, which HTML 4 does not name. */
    private static final String PUNCTUATION =
            "excl! num# dollar$ percnt% apos' lpar( rpar) ast* plus+ comma, period. sol/ colon: semi; equals= quest?"
                    + " commat@ lsqb[ bsol\\ rsqb] Hat^ lowbar_ grave` lcub{ verbar| rcub}"
                    + " UnderBar_ DiacriticalGrave` midast* vert| VerticalLine| lbrack[ rbrack] lbrace{ rbrace} Tab\t NewLine\n";

    private static final int MOST_DIGITS = 8;

    /** As which browsers read the control characters from 128 on. */
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private static final int NO_BREAK_SPACE = 0xa0;

    private static final Map<String, String> NAMED = named();
    private static final int LONGEST_NAME =
            NAMED.keySet().stream().mapToInt(String::length).max().orElseThrow();

    private CharacterReferences() {}

    /** What a reference means and where it ends. */
    private record Reference(String means, int end) {}

    static boolean isReference(byte[] text, int at, int to) {
        return at(text, at, to) != null;
    }

    /** References as their characters, one that stands for a space that does not break as a space. */
    static byte[] unescape(byte[] text, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        int i = from;
        while (i < to) {
            Reference reference = at(text, i, to);
            if (reference == null) {
                out[length++] = text[i++];
            } else {
                byte[] means = reference.means.getBytes(UTF_8); // never longer than the reference
                System.arraycopy(means, 0, out, length, means.length);
                length += means.length;
                i = reference.end;
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static @Nullable Reference at(byte[] text, int at, int to) {
        if (text[at] != '&' || at + 2 >= to) {
            return null;
        }
        return text[at + 1] == '#' ? numeric(text, at + 2, to) : named(text, at + 1, to);
    }

    /** Browsers read those too that lack the semicolon. */
    private static @Nullable Reference numeric(byte[] text, int from, int to) {
        int radix = text[from] == 'x' || text[from] == 'X' ? 16 : 10;
        int begin = radix == 16 ? from + 1 : from;
        while (begin < to && text[begin] == '0') {
            begin++;
        }
        int end = begin;
        int symbol = 0;
        while (end < to && end - begin < MOST_DIGITS && Character.digit(text[end], radix) >= 0) {
            symbol = symbol * radix + Character.digit(text[end++], radix);
        }
        if (symbol == 0 || !Character.isValidCodePoint(symbol)) {
            return null;
        }
        return new Reference(character(symbol), end < to && text[end] == ';' ? end + 1 : end);
    }

    private static String character(int symbol) {
        return symbol >= 0x80 && symbol < NO_BREAK_SPACE
                ? new String(new byte[] {(byte) symbol}, WINDOWS)
                : Character.toString(symbol == NO_BREAK_SPACE ? ' ' : symbol);
    }

    private static @Nullable Reference named(byte[] text, int from, int to) {
        int end = from;
        while (end < to && end - from <= LONGEST_NAME && Ascii.isLetterOrDigit(text[end])) {
            end++;
        }
        if (end == from || end == to || text[end] != ';') {
            return null;
        }
        String name = new String(text, from, end - from, UTF_8);
        String means = NAMED.getOrDefault(name, NAMED.get(name.toLowerCase(Locale.ROOT)));
        return means == null ? null : new Reference(means, end + 1);
    }

    private static Map<String, String> named() {
        Map<String, String> named = new HashMap<>();
        Stream.of(EntityArrays.BASIC_UNESCAPE, EntityArrays.ISO8859_1_UNESCAPE, EntityArrays.HTML40_EXTENDED_UNESCAPE)
                .forEach(names -> names.forEach((written, symbol) -> named.put(
                        written.subSequence(1, written.length() - 1).toString(), // between & and ;
                        character(symbol.toString().codePointAt(0)))));
        for (String name : PUNCTUATION.split(" ", -1)) {
            int last = name.length() - 1;
            named.put(name.substring(0, last), name.substring(last));
        }
        return named;
    }
}
