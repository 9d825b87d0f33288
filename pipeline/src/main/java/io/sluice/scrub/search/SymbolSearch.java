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

    private static final byte GZIP_SIGN = (byte) 0x8b;
    private static final byte ZSTD_SIGN = (byte) 0xfd;
    private static final int GZIP_SIGN_AT = 1;
    private static final int ZSTD_SIGN_AT = 3;
    private static final long GZIP_SIGNS = 0x8b8b8b8b8b8b8b8bL;
    private static final long ZSTD_SIGNS = 0xfdfdfdfdfdfdfdfdL;

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

    /** Where in {@code text[from, to)} something may begin that is packed as gzip or zstd does; {@code to} if nothing does. */
    static int packed(byte[] text, int from, int to) {
        for (int at = sign(text, from, to); at < to; at = sign(text, at + 1, to)) {
            int begin = at - (text[at] == GZIP_SIGN ? GZIP_SIGN_AT : ZSTD_SIGN_AT);
            Packed packed = begin < from ? Packed.NONE : Packed.of(text, begin, to);
            if (packed == Packed.GZIP || packed == Packed.ZSTD) {
                return begin;
            }
        }
        return to;
    }

    /** The next byte that what is packed has near its beginning, and text in ASCII never. */
    private static int sign(byte[] text, int from, int to) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            long eight = (long) LONG.get(text, at);
            long found = zeros(eight ^ GZIP_SIGNS) | zeros(eight ^ ZSTD_SIGNS);
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to && text[at] != GZIP_SIGN && text[at] != ZSTD_SIGN) {
            at++;
        }
        return at;
    }

    /** Where in {@code text[from, to)} the next line feed stands; {@code to} if none does. */
    static int lineEnd(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The highest bit of the first byte that is zero, and maybe of some behind it. */
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight & HIGHEST;
    }
}
