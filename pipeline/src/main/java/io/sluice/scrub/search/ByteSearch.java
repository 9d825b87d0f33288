package io.sluice.scrub.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for thousands of needles at once: four bytes decide at each place whether to compare any of them. */
final class ByteSearch {
    private static final int FEWEST_BITS = 16;
    private static final int BITS_PER_NEEDLE = 64;

    private final int shift;
    private final long[] maybe;
    private final Map<Integer, List<Needle>> byHead = new HashMap<>();

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
        BitSet heads = new BitSet(1 << bits);
        for (Needle needle : needles) {
            byHead.computeIfAbsent(needle.head(), head -> new ArrayList<>()).add(needle);
            heads.set(hash(needle.head(), shift));
        }
        maybe = new long[(1 << bits) / Long.SIZE];
        long[] words = heads.toLongArray();
        System.arraycopy(words, 0, maybe, 0, words.length);
    }

    /** Tells {@code found} of every needle in {@code text[from, to)}. */
    void search(byte[] text, int from, int to, Found found) {
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
                compare(window, text, from, i - Needle.FEWEST_BYTES + 1, to, found);
            }
        }
    }

    private void compare(int window, byte[] text, int from, int at, int to, Found found) {
        for (Needle needle : byHead.getOrDefault(window, List.of())) {
            if (needle.isAt(text, from, at, to)) {
                found.at(needle, at);
            }
        }
    }

    private static int hash(int window, int shift) {
        return (window * 0x9E3779B1) >>> shift;
    }
}
