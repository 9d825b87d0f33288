package io.sluice.scrub.search;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Looks for values in pieces of bytes, taking off encodings layer by layer: percent and JSON escapes, base64 and hex at
 * whatever place they begin, compression, punctuation within numbers. One instance serves one thread.
 */
public final class ValueScan {
    private static final int DEEPEST = 5;
    private static final int MOST_UNPACKED_BYTES = 256 << 20;
    private static final int FEWEST_BASE64 = 8;
    private static final int FEWEST_HEX = 2 * Needle.FEWEST_BYTES;
    private static final int FEWEST_DIGITS = 7;

    private final ByteSearch search;
    private final Set<Sighting> sightings = new LinkedHashSet<>();
    private boolean unpackedInFull = true;

    public ValueScan(SearchPlan plan) {
        search = new ByteSearch(plan.needles());
    }

    /** What stands in {@code value}, a whole message body, name or the like, each form once; the set is used again. */
    public Set<Sighting> whole(byte[] value) {
        begin();
        layer(value, 0, value.length, DEEPEST, "");
        if (Packed.of(value, 0, value.length) == Packed.NONE && Packed.mayBeUnsigned(value)) {
            unsigned(value);
        }
        return sightings;
    }

    /** What stands in {@code text[from, to)}, a part of something larger. */
    Set<Sighting> part(byte[] text, int from, int to) {
        begin();
        layer(text, from, to, DEEPEST, "");
        return sightings;
    }

    /** Whether all that was compressed in the last piece was unpacked to its end, however large. */
    boolean unpackedInFull() {
        return unpackedInFull;
    }

    private void begin() {
        sightings.clear();
        unpackedInFull = true;
    }

    private void layer(byte[] text, int from, int to, int depth, String encodings) {
        search.search(text, from, to, (needle, at) -> saw(needle, encodings));
        if (depth == 0 || to - from < Needle.FEWEST_BYTES) {
            return;
        }
        Packed packed = Packed.of(text, from, to);
        if (packed != Packed.NONE) {
            unpack(packed, text, from, to, depth, encodings);
        }
        boolean percent = false;
        boolean escapes = false;
        int i = from;
        while (i < to) {
            byte symbol = text[i];
            if (Ascii.isBase64(symbol)) {
                int end = i + 1;
                while (end < to && Ascii.isBase64(text[end])) {
                    end++;
                }
                if (end - i >= FEWEST_BASE64) {
                    run(text, i, end, depth, encodings);
                }
                i = end;
            } else {
                percent |= symbol == '%' && Unescaping.isPercent(text, i, to);
                escapes |= symbol == '\\';
                i++;
            }
        }
        if (percent) {
            inner(Unescaping.percent(text, from, to), depth, encodings, "percent");
        }
        if (escapes) {
            inner(Unescaping.json(text, from, to), depth, encodings, "json");
        }
        numbers(text, from, to, encodings);
    }

    /** Letters and digits in a row: base64 from whatever character on, or hex. */
    private void run(byte[] text, int from, int to, int depth, String encodings) {
        for (int skipped = 0; skipped < 4 && to - from - skipped >= FEWEST_BASE64; skipped++) {
            inner(Unescaping.base64(text, from + skipped, to), depth, encodings, "base64");
        }
        int i = from;
        while (i < to) {
            int end = i;
            while (end < to && Ascii.isHex(text[end])) {
                end++;
            }
            if (end - i >= FEWEST_HEX) {
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
                search.search(number, 0, number.length, (needle, at) -> saw(needle, encodings));
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
            unpackedInFull = false;
        }
    }

    /** Brotli and raw deflate begin with no sign: what is no text is tried as both. */
    private void unsigned(byte[] value) {
        unpack(Packed.BROTLI, value, 0, value.length, DEEPEST, "");
        unpack(Packed.RAW_DEFLATE, value, 0, value.length, DEEPEST, "");
    }

    private void inner(byte[] decoded, int depth, String encodings, String encoding) {
        layer(decoded, 0, decoded.length, depth - 1, encodings.isEmpty() ? encoding : encodings + " " + encoding);
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
