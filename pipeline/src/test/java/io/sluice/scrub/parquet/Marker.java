package io.sluice.scrub.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Bytes that only values of the invented subject hold, so that a scan of all bytes tells whether one is left. */
record Marker(long number) {
    static Marker of(Random random) {
        return new Marker(random.nextLong() | 0x4000_0000_0000_0001L);
    }

    /** As it stands in a text, e.g. {@code ada.4f00c0ffee4f00c1@example.org}. */
    byte[] text() {
        return ("ada." + Long.toHexString(number) + "@example.org").getBytes(StandardCharsets.US_ASCII);
    }

    /** As it stands in numbers and values of fixed length. */
    byte[] eightBytes() {
        return ByteBuffer.allocate(Long.BYTES)
                .putLong(Long.reverseBytes(number))
                .array();
    }

    /** Takes the marker out of a value and leaves as many bytes (0), fewer (1) or more (2). */
    UnaryOperator<byte[]> redaction(int growth) {
        return value -> replace(replace(value, text(), growth), eightBytes(), growth);
    }

    private static byte[] replace(byte[] value, byte[] pattern, int growth) {
        for (int i = 0; i + pattern.length <= value.length; i++) {
            if (Arrays.equals(Arrays.copyOfRange(value, i, i + pattern.length), pattern)) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(value, 0, i);
                int length = growth == 0 ? pattern.length : growth == 1 ? 3 : pattern.length + 40;
                for (int k = 0; k < length; k++) {
                    out.write(growth == 2 ? (k * 37 + i) % 94 + 33 : '*');
                }
                out.write(value, i + pattern.length, value.length - i - pattern.length);
                return out.toByteArray();
            }
        }
        return value;
    }
}
