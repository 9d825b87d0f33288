package io.sluice.scrub.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Looks for values where people write them in more ways than one: numbers with blanks, dashes and other signs of ASCII or of
 * U+2000 to U+2015 between their digits, or spaces that do not break; letters beyond ASCII, which have more cases and forms
 * than can be listed.
 */
final class LooseSearch {
    private static final int FEWEST_DIGITS = 7;

    private final ByteSearch search;
    private final boolean hasNumbers;
    private final boolean hasOtherLetters;
    /** How far around a letter a value can reach that holds it. */
    private final int reach;

    LooseSearch(SearchPlan plan, ByteSearch search) {
        this.search = search;
        this.hasNumbers = plan.needles().stream().anyMatch(needle -> needle.form() == Form.DIGITS);
        this.hasOtherLetters = plan.hasOtherLetters();
        this.reach = plan.reach();
    }

    /** Whether characters beyond ASCII may be of a value. */
    boolean looksBeyondAscii() {
        return hasNumbers || hasOtherLetters;
    }

    /** Tells {@code found} of what stands in {@code text[from, to)}. */
    void search(byte[] text, int from, int to, Surroundings surroundings, ByteSearch.Found found) {
        if (hasNumbers) {
            numbers(text, from, to, surroundings, found);
        }
        if (hasOtherLetters && surroundings == Surroundings.TEXT) {
            otherLetters(text, from, to, found);
        }
    }

    private void numbers(byte[] text, int from, int to, Surroundings surroundings, ByteSearch.Found found) {
        int i = from;
        while (i < to) {
            if (!Ascii.isDigit(text[i])) {
                i++;
                continue;
            }
            int end = i;
            int digits = 0;
            for (int length = 1; length > 0; length = lengthInNumber(text, end, to)) {
                digits += Ascii.isDigit(text[end]) ? 1 : 0;
                end += length;
            }
            if (digits >= FEWEST_DIGITS && digits < end - i) {
                byte[] number = Unescaping.digits(text, i, end);
                search.search(number, 0, number.length, surroundings, found);
            }
            i = end;
        }
    }

    /** Whether a byte may be of a character in a number, as it may be of others. */
    static boolean mayBeInNumber(byte symbol) {
        int last = symbol & 0xff;
        return Ascii.isInNumber(symbol) || last == 0xc2 || last == 0xa0 || last == 0xe2 || isSpaceOrDash(last);
    }

    /** How many bytes has the character at {@code text[at]}, if it is a digit or may stand between two; 0 if not. */
    private static int lengthInNumber(byte[] text, int at, int to) {
        if (at < to && Ascii.isInNumber(text[at])) {
            return 1;
        }
        if (at + 1 < to && text[at] == (byte) 0xc2 && text[at + 1] == (byte) 0xa0) { // a no-break space
            return 2;
        }
        boolean isPunctuation = at + 2 < to && text[at] == (byte) 0xe2 && text[at + 1] == (byte) 0x80;
        return isPunctuation && isSpaceOrDash(text[at + 2] & 0xff) ? 3 : 0;
    }

    /** From U+2000 to U+2015, or the narrow no-break space U+202F, by its last byte in UTF-8. */
    private static boolean isSpaceOrDash(int last) {
        return (last >= 0x80 && last <= 0x95) || last == 0xaf;
    }

    /** Both sides are brought to one form. */
    private void otherLetters(byte[] text, int from, int to, ByteSearch.Found found) {
        EscapedStretch stretch = new EscapedStretch(Arrays::copyOfRange, text, from, to, reach);
        for (int i = SymbolSearch.otherThanAscii(text, from, to);
                i < to;
                i = SymbolSearch.otherThanAscii(text, i + 1, to)) {
            if (stretch.endsBefore(i)) {
                folded(stretch.next(i), found);
            }
        }
        folded(stretch.rest(), found);
    }

    private void folded(byte[] text, ByteSearch.Found found) {
        byte[] folded =
                SearchPlan.folded(new String(text, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        search.search(folded, 0, folded.length, Surroundings.TEXT, found);
    }
}
