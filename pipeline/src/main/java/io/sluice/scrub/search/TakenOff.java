package io.sluice.scrub.search;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The encodings that were taken off of what is looked at, the outermost first. */
final class TakenOff {
    static final String BASE64 = "base64";
    static final String HEX = "hex";
    static final int MOST = 8;

    private static final Set<String> ESCAPES =
            Arrays.stream(Escape.values()).map(Escape::label).collect(Collectors.toUnmodifiableSet());
    /** What can be taken off of anything that was never encoded so. */
    private static final Set<String> MAKES_OF_CHANCE =
            Set.of(BASE64, HEX, Packed.DEFLATE.label(), Packed.RAW_DEFLATE.label(), Packed.BROTLI.label());

    private final String[] encodings = new String[MOST + 1];
    private int count;

    int count() {
        return count;
    }

    void add(String encoding) {
        encodings[count++] = encoding;
    }

    void removeLast() {
        count--;
    }

    void clear() {
        count = 0;
    }

    /** Whether the last one, but for escapes, which chance makes of such bytes in turn, is no proof of itself. */
    boolean mayBeChance() {
        int last = count;
        while (last > 0 && ESCAPES.contains(encodings[last - 1])) {
            last--;
        }
        return last > 0 && MAKES_OF_CHANCE.contains(encodings[last - 1]);
    }

    /** All of them, with blanks between. */
    @Override
    public String toString() {
        return String.join(" ", Arrays.asList(encodings).subList(0, count));
    }
}
