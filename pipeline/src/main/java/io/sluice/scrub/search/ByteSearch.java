package io.sluice.scrub.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;

/**
 * Looks for thousands of needles at once: the last four bytes of a window tell how far on the next one may begin that holds
 * a needle (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994).
 */
final class ByteSearch {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = Integer.BYTES;
    private static final int LONGEST_WINDOW = 64;
    private static final int FEWEST_BITS = 13;
    private static final int MOST_BITS = 23;
    private static final int SLOTS_PER_BLOCK = 32;

    /** Brings both cases of a letter together, and some other bytes, which comparing tells apart. */
    private static final int CASELESS = 0x20202020;

    private final int window;
    private final int shift;
    private final byte[] steps;
    private final Needle[][] ending;

    /** Takes what stands in the text, and where. */
    interface Found {
        void at(Needle needle, int position);
    }

    ByteSearch(Set<Needle> needles) {
        window = needles.stream().mapToInt(Needle::length).reduce(LONGEST_WINDOW, Math::min);
        int farthest = window - BLOCK + 1;
        long blocks = (long) needles.size() * farthest;
        int bits = FEWEST_BITS;
        while (bits < MOST_BITS && 1L << bits < blocks * SLOTS_PER_BLOCK) {
            bits++;
        }
        shift = Integer.SIZE - bits;
        steps = new byte[1 << bits];
        Arrays.fill(steps, (byte) farthest);
        ending = new Needle[1 << bits][];
        needles.forEach(this::add);
    }

    private void add(Needle needle) {
        byte[] head = needle.head(window);
        for (int end = BLOCK; end <= window; end++) {
            int hash = hash(head, end - BLOCK);
            steps[hash] = (byte) Math.min(steps[hash], window - end);
        }
        int last = hash(head, window - BLOCK);
        Needle[] others = ending[last] == null ? new Needle[0] : ending[last];
        ending[last] = Arrays.copyOf(others, others.length + 1);
        ending[last][others.length] = needle;
    }

    /** A position in {@code text[from, to)}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Place(byte[] text, int from, int at, int to, Surroundings surroundings) {
        /** Whether a length stands before it that says that it ends where it has {@code bytes}. */
        boolean isField(int bytes) {
            return surroundings == Surroundings.FIELDS && at > from && (text[at - 1] & 0xff) == bytes;
        }

        /** Whether the word before it goes on in it. */
        boolean wentOn() {
            if (surroundings == Surroundings.BYTES) {
                return false;
            }
            int letters = 0;
            while (letters <= surroundings.lettersOfOthers()
                    && at - letters > from
                    && Ascii.isInWord(text[at - letters - 1])) {
                letters++;
            }
            return letters > surroundings.lettersOfOthers();
        }

        /** Whether it goes on behind {@code end}. */
        boolean goesOn(int end) {
            if (surroundings == Surroundings.BYTES) {
                return false;
            }
            int letters = 0;
            while (letters <= surroundings.lettersOfOthers()
                    && end + letters < to
                    && Ascii.isLetterOrDigit(text[end + letters])) {
                letters++;
            }
            return letters > surroundings.lettersOfOthers();
        }
    }

    /** Tells {@code found} of every needle in {@code text[from, to)}. */
    void search(byte[] text, int from, int to, Surroundings surroundings, Found found) {
        int begin = from;
        while (begin + window <= to) {
            int hash = hash(text, begin + window - BLOCK);
            int step = steps[hash];
            if (step == 0) {
                for (Needle needle : ending[hash]) {
                    if (needle.mayBeAt(text, begin) && needle.isAt(new Place(text, from, begin, to, surroundings))) {
                        found.at(needle, begin);
                    }
                }
                step = 1;
            }
            begin += step;
        }
    }

    private int hash(byte[] text, int at) {
        return (((int) INT.get(text, at) | CASELESS) * 0x9E3779B1) >>> shift;
    }
}
