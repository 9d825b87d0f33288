package io.sluice.scrub.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds rare bytes in much text, eight at a time. */
final class SymbolSearch {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHEST = ONES << 7;
    private static final long PERCENTS = ONES * '%';
    private static final long BACKSLASHES = ONES * '\\';
    private static final long AMPERSANDS = ONES * '&';

    private SymbolSearch() {}

    /** Where in {@code text[from, to)} the next percent sign, backslash or ampersand stands; {@code to} if none does. */
    static int escape(byte[] text, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long eight = (long) LONG.get(text, at);
            long found = zeros(eight ^ PERCENTS) | zeros(eight ^ BACKSLASHES) | zeros(eight ^ AMPERSANDS);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && text[at] != '%' && text[at] != '\\' && text[at] != '&') {
            at++;
        }
        return at;
    }

    /** Where in {@code text[from, to)} the next byte stands that is not ASCII; {@code to} if none does. */
    static int otherThanAscii(byte[] text, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long found = (long) LONG.get(text, at) & HIGHEST;
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && text[at] >= 0) {
            at++;
        }
        return at;
    }

    /** The highest bit of the first byte that is zero, and maybe of some behind it. */
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGHEST;
    }
}
