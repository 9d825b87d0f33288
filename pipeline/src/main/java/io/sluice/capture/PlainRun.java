package io.sluice.capture;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The bytes of a JSON string up to its next quote or backslash, looked at eight at a time: bodies have long ones. */
final class PlainRun {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Index of the first quote or backslash of {@code text[from, limit)}; {@code limit} where there is none. */
    static int end(byte[] text, int from, int limit) {
        int i = from;
        while (i + Long.BYTES <= limit && !isMarked((long) EIGHT.get(text, i))) {
            i += Long.BYTES;
        }
        while (i < limit && text[i] != '"' && text[i] != '\\') {
            i++;
        }
        return i;
    }

    private static boolean isMarked(long eight) {
        return ((zeroes(eight ^ ('"' * ONES)) | zeroes(eight ^ ('\\' * ONES))) & HIGH_BITS) != 0;
    }

    /** Sets the high bit of each zero byte; a byte above one may have it wrongly, which costs a closer look at most. */
    private static long zeroes(long eight) {
        return (eight - ONES) & ~eight;
    }

    private PlainRun() {}
}
