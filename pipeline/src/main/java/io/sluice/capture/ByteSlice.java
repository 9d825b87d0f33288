package io.sluice.capture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing run of bytes that is filled, read and cleared again and again. */
final class ByteSlice {
    private static final int KEPT = 1 << 20;

    private byte[] bytes = new byte[1 << 16];
    private int length;

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    boolean isText(String ascii) {
        return length == ascii.length() && asLatin1().equals(ascii);
    }

    /** The bytes as characters one to one, for looking for ASCII text. */
    String asLatin1() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    boolean endsWith(char b) {
        return length > 0 && bytes[length - 1] == b;
    }

    /** Takes {@code b} away from the end, if it is there. */
    void dropLast(char b) {
        if (endsWith(b)) {
            length--;
        }
    }

    boolean isBlank() {
        return asLatin1().isBlank();
    }

    /** Writes it as one line. */
    void writeTo(ByteArrayOutputStream out) {
        out.write(bytes, 0, length);
        out.write('\n');
    }

    byte[] copyFrom(int first) {
        return Arrays.copyOfRange(bytes, first, length);
    }

    /** Empties it; room that one large value needed is given back. */
    void clear() {
        length = 0;
        if (bytes.length > KEPT) {
            bytes = new byte[KEPT];
        }
    }

    void append(byte[] from, int offset, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length + (bytes.length >> 1)));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }
}
