package io.sluice.scrub.search;

/** Escapes that are near each other, with as much text around them as a value could have. */
final class EscapedStretch {
    /** A run of base64 that is cut at an escape is taken up so far. */
    private static final int LONGEST_RUN = 1 << 20;

    private static final int LONGEST_ESCAPE = 12;

    private final Unescape off;
    private final byte[] text;
    private final int begin;
    private final int limit;
    private final int reach;
    private int first = -1;
    private int last;

    /** Escapes in {@code text[begin, limit)}; {@code reach} is how far around one a value can stand that holds it. */
    EscapedStretch(Unescape off, byte[] text, int begin, int limit, int reach) {
        this.off = off;
        this.text = text;
        this.begin = begin;
        this.limit = limit;
        this.reach = reach;
    }

    /** Takes escapes off a stretch of text. */
    interface Unescape {
        byte[] of(byte[] text, int from, int to);
    }

    /** Takes the escape at {@code at}, unless it is too far away. */
    boolean endsBefore(int at) {
        boolean ends = first >= 0 && at - last > reach && !isOneRunUpTo(at);
        if (!ends) {
            first = first < 0 ? at : first;
            last = at;
        }
        return ends;
    }

    /** Whether nothing but base64 stands between the last escape and {@code at}, which only together can be decoded. */
    private boolean isOneRunUpTo(int at) {
        int from = at;
        while (from > last + LONGEST_ESCAPE && Ascii.isBase64(text[from - 1])) {
            from--;
        }
        return from <= last + LONGEST_ESCAPE;
    }

    /** The stretch so far without its escapes; another one begins at {@code at}. */
    byte[] next(int at) {
        byte[] unescaped = rest();
        first = at;
        last = at;
        return unescaped;
    }

    /** The last stretch without its escapes; nothing if there was none. */
    byte[] rest() {
        if (first < 0) {
            return new byte[0];
        }
        int from = Math.max(begin, first - reach);
        int to = Math.min(limit, last + reach);
        while (from > begin && first - from < LONGEST_RUN && Ascii.isBase64(text[from - 1])) {
            from--;
        }
        while (to < limit && to - last < LONGEST_RUN && Ascii.isBase64(text[to])) {
            to++;
        }
        return off.of(text, from, to);
    }
}
