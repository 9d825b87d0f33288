package io.sluice.scrub.search;

import java.nio.charset.StandardCharsets;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Looks for values in pieces of bytes, taking off encodings layer by layer: percent and JSON escapes, base64 and hex at
 * whatever place they begin, compression, punctuation within numbers. One instance serves one thread.
 */
public final class ValueScan {
    private static final int DEEPEST = 8;
    private static final int MOST_UNPACKED_BYTES = 64 << 20;
    private static final int FEWEST_DIGITS = 7;
    private static final int LONGEST_UNSIGNED = 1 << 20;

    private final ByteSearch search;
    private final boolean hasNumbers;
    private final boolean hasOtherLetters;
    private final int fewestBase64;
    private final int fewestHex;
    /** How far around an escape a value can reach that holds it. */
    private final int reach;

    private final Set<Sighting> sightings = new LinkedHashSet<>();
    private boolean lookedAtInFull = true;
    private boolean asText = true;

    public ValueScan(SearchPlan plan) {
        Set<Needle> needles = plan.needles();
        IntSummaryStatistics lengths = needles.stream().mapToInt(Needle::length).summaryStatistics();
        search = new ByteSearch(needles);
        hasNumbers = needles.stream().anyMatch(needle -> needle.form() == Form.DIGITS);
        hasOtherLetters = plan.hasOtherLetters();
        fewestBase64 = lengths.getMin() * 4 / 3;
        fewestHex = lengths.getMin() * 2;
        reach = 4 * Math.max(0, lengths.getMax()) + 64;
    }

    /** What stands in {@code value}, a whole message body, name or the like, each form once; the set is used again. */
    public Set<Sighting> whole(byte[] value) {
        begin(true);
        layer(value, 0, value.length, DEEPEST, "");
        if (Packed.of(value, 0, value.length) == Packed.NONE && Packed.mayBeUnsigned(value)) {
            unsigned(value);
        }
        return sightings;
    }

    /** What stands in {@code text[from, to)}, a part of something larger, which is text or not. */
    Set<Sighting> part(byte[] text, int from, int to, boolean isText) {
        begin(isText);
        layer(text, from, to, DEEPEST, "");
        return sightings;
    }

    /** Whether nothing in the last piece was too large, or encoded more often, than is looked at. */
    boolean isLookedAtInFull() {
        return lookedAtInFull;
    }

    private void begin(boolean isText) {
        asText = isText;
        sightings.clear();
        lookedAtInFull = true;
    }

    private void layer(byte[] text, int from, int to, int depth, String encodings) {
        search.search(text, from, to, asText, (needle, at) -> saw(needle, encodings));
        if (depth == 0) {
            lookedAtInFull &= !isEncoded(text, from, to);
            return;
        }
        if (hasOtherLetters) {
            otherLetters(text, from, to, encodings);
        }
        Packed packed = Packed.of(text, from, to);
        if (packed != Packed.NONE) {
            unpack(packed, text, from, to, depth, encodings);
        }
        EscapedStretch percent = new EscapedStretch(text, from, to, reach);
        EscapedStretch json = new EscapedStretch(text, from, to, reach);
        int i = from;
        while (i < to) {
            byte symbol = text[i];
            if (Ascii.isBase64(symbol)) {
                int end = i + 1;
                while (end < to && Ascii.isBase64(text[end])) {
                    end++;
                }
                if (end - i >= fewestBase64) {
                    run(text, i, end, depth, encodings);
                }
                i = end;
                continue;
            }
            if (symbol == '%' && Unescaping.isPercent(text, i, to) && percent.endsBefore(i)) {
                inner(percent.next(i, Unescaping::percent), depth, encodings, "percent");
            } else if (symbol == '\\' && Unescaping.isJson(text, i, to) && json.endsBefore(i)) {
                inner(json.next(i, Unescaping::json), depth, encodings, "json");
            }
            i++;
        }
        inner(percent.rest(Unescaping::percent), depth, encodings, "percent");
        inner(json.rest(Unescaping::json), depth, encodings, "json");
        if (hasNumbers) {
            numbers(text, from, to, encodings);
        }
    }

    /** Letters beyond ASCII have more cases and forms than can be listed: both sides are brought to one. */
    private void otherLetters(byte[] text, int from, int to, String encodings) {
        boolean ascii = true;
        for (int i = from; i < to && ascii; i++) {
            ascii = text[i] >= 0;
        }
        if (!ascii) {
            byte[] folded = SearchPlan.folded(new String(text, from, to - from, StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            search.search(folded, 0, folded.length, asText, (needle, at) -> saw(needle, encodings));
        }
    }

    /** Whether there is something to take off a text; runs are not, for chance makes them of anything. */
    private static boolean isEncoded(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '%' && Unescaping.isPercent(text, i, to)) {
                return true;
            }
        }
        return false;
    }

    /** Letters and digits in a row: base64 from whatever character on, or hex. */
    private void run(byte[] text, int from, int to, int depth, String encodings) {
        int begin = from;
        for (int skipped = 0; skipped < 4; skipped++) {
            while (begin < to && Ascii.isLineBreak(text[begin])) {
                begin++;
            }
            if (to - begin < fewestBase64) {
                break;
            }
            byte[] decoded = Unescaping.base64(text, begin, to);
            inner(decoded, depth, encodings, "base64");
            if (skipped == 0 && decoded.length <= LONGEST_UNSIGNED && Packed.mayBeUnsigned(decoded)) {
                unpack(Packed.RAW_DEFLATE, decoded, 0, decoded.length, depth, then(encodings, "base64"));
            }
            begin++;
        }
        int i = from;
        while (i < to) {
            int end = i;
            while (end < to && Ascii.isHex(text[end])) {
                end++;
            }
            if (end - i >= fewestHex) {
                inner(Unescaping.hex(text, i, end), depth, encodings, "hex");
                inner(Unescaping.hex(text, i + 1, end), depth, encodings, "hex");
            }
            i = end + 1;
        }
    }

    private void numbers(byte[] text, int from, int to, String encodings) {
        int i = from;
        while (i < to) {
            if (!Ascii.isDigit(text[i])) {
                i++;
                continue;
            }
            int end = i;
            int digits = 0;
            while (end < to && Ascii.isInNumber(text[end])) {
                digits += Ascii.isDigit(text[end]) ? 1 : 0;
                end++;
            }
            if (digits >= FEWEST_DIGITS && digits < end - i) {
                byte[] number = Unescaping.digits(text, i, end);
                search.search(number, 0, number.length, asText, (needle, at) -> saw(needle, encodings));
            }
            i = end;
        }
    }

    private void unpack(Packed packed, byte[] bytes, int from, int to, int depth, String encodings) {
        try {
            byte[] unpacked = packed.unpack(bytes, from, to, MOST_UNPACKED_BYTES);
            if (unpacked != null) {
                inner(unpacked, depth, encodings, packed.name().toLowerCase(Locale.ROOT));
            }
        } catch (Packed.TooLargeException e) {
            lookedAtInFull = false;
        }
    }

    /** Brotli and raw deflate begin with no sign: what is no text is tried as both. */
    private void unsigned(byte[] value) {
        unpack(Packed.BROTLI, value, 0, value.length, DEEPEST, "");
        unpack(Packed.RAW_DEFLATE, value, 0, value.length, DEEPEST, "");
    }

    private void inner(byte[] decoded, int depth, String encodings, String encoding) {
        if (decoded.length >= Needle.FEWEST_BYTES) {
            layer(decoded, 0, decoded.length, depth - 1, then(encodings, encoding));
        }
    }

    private static String then(String encodings, String encoding) {
        return encodings.isEmpty() ? encoding : encodings + " " + encoding;
    }

    private void saw(Needle needle, String encodings) {
        for (Sighting seen : sightings) {
            if (seen.selector() == needle.selector() && seen.form() == needle.form()) {
                return;
            }
        }
        sightings.add(new Sighting(needle.selector(), needle.form(), encodings));
    }
}
