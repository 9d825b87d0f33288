package io.sluice.scrub.search;

import java.util.Arrays;
import java.util.Set;

/** Looks for thousands of needles at once: four bytes decide at each place whether to compare any of them. */
final class ByteSearch {
    private static final int FEWEST_BITS = 16;
    private static final int BITS_PER_NEEDLE = 64;

    private final int shift;
    private final long[] maybe;
    private final Needle[][] byHash;

    /** Takes what stands in the text, and where. */
    interface Found {
        void at(Needle needle, int position);
    }

    ByteSearch(Set<Needle> needles) {
        int bits = FEWEST_BITS;
        while (1L << bits < (long) needles.size() * BITS_PER_NEEDLE && bits < 24) {
            bits++;
        }
        shift = Integer.SIZE - bits;
        maybe = new long[(1 << bits) / Long.SIZE];
        byHash = new Needle[1 << bits][];
        for (Needle needle : needles) {
            int hash = hash(needle.head(), shift);
            maybe[hash >>> 6] |= 1L << hash;
            Needle[] others = byHash[hash] == null ? new Needle[0] : byHash[hash];
            byHash[hash] = Arrays.copyOf(others, others.length + 1);
            byHash[hash][others.length] = needle;
        }
    }

    /** A position in {@code text[from, to)}, which is text, or else bytes of which letters tell nothing of what is beside them. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Place(byte[] text, int from, int at, int to, boolean isText) {}

    /** Tells {@code found} of every needle in {@code text[from, to)}. */
    void search(byte[] text, int from, int to, boolean asText, Found found) {
        if (to - from < Needle.FEWEST_BYTES) {
            return;
        }
        int window = 0;
        for (int i = from; i < from + Needle.FEWEST_BYTES - 1; i++) {
            window = (window << 8) | Ascii.fold(text[i]);
        }
        for (int i = from + Needle.FEWEST_BYTES - 1; i < to; i++) {
            window = (window << 8) | Ascii.fold(text[i]);
            int hash = hash(window, shift);
            if ((maybe[hash >>> 6] & (1L << hash)) != 0) {
                compare(byHash[hash], new Place(text, from, i - Needle.FEWEST_BYTES + 1, to, asText), found);
            }
        }
    }

    private static void compare(Needle[] needles, Place place, Found found) {
        for (Needle needle : needles) {
            if (needle.isAt(place)) {
                found.at(needle, place.at());
            }
        }
    }

    private static int hash(int window, int shift) {
        return (window * 0x9E3779B1) >>> shift;
    }
}
