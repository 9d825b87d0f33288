package io.sluice.capture;

import java.util.Arrays;

/** Turns a JSON string into the UTF-8 bytes that it stands for. */
final class JsonString {
    private static final int REPLACEMENT = 0xFFFD;
    private static final int FIRST_ROOM = 1 << 10;
    private static final int MOST_BYTES = 4;

    private final byte[] text;
    private byte[] out;
    private int at;
    private int length;

    private JsonString(byte[] text, int first, int plainEnd) {
        this.text = text;
        this.at = plainEnd;
        this.length = plainEnd - first;
        this.out = Arrays.copyOfRange(text, first, first + Math.max(FIRST_ROOM, 2 * length));
    }

    /**
     * Decodes the string whose first byte after the opening quote is {@code first}. One that is never closed ends with
     * {@code text}: a parser that has not come to its end yet will refuse it.
     */
    static byte[] decode(byte[] text, int first) {
        int end = PlainRun.end(text, first, text.length);
        if (end == text.length || text[end] == '"') {
            return Arrays.copyOfRange(text, first, end);
        }
        return new JsonString(text, first, end).decoded();
    }

    private byte[] decoded() {
        int end = text.length;
        while (at < end && text[at] != '"') {
            if (length == out.length) {
                out = Arrays.copyOf(out, 2 * length);
            }
            byte symbol = text[at++];
            if (symbol != '\\') {
                out[length++] = symbol;
            } else if (at < end) {
                unescape(text[at++], end);
            }
        }
        return Arrays.copyOf(out, length);
    }

    private void unescape(byte escaped, int end) {
        switch (escaped) {
            case 'n' -> out[length++] = '\n';
            case 't' -> out[length++] = '\t';
            case 'r' -> out[length++] = '\r';
            case 'b' -> out[length++] = '\b';
            case 'f' -> out[length++] = '\f';
            case 'u' -> codePoint(escaped(end), end);
            default -> out[length++] = escaped;
        }
    }

    /** The four hexadecimal digits at this place; -1 where they are not there. */
    private int escaped(int end) {
        if (at + 4 > end) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + 4; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        at += 4;
        return value;
    }

    private void codePoint(int unit, int end) {
        int point = unit;
        if (unit >= 0xD800 && unit < 0xDC00 && at + 6 <= end && text[at] == '\\' && text[at + 1] == 'u') {
            int back = at;
            at += 2;
            int low = escaped(end);
            if (low >= 0xDC00 && low < 0xE000) {
                point = Character.toCodePoint((char) unit, (char) low);
            } else {
                at = back;
            }
        }
        if (point < 0) {
            out[length++] = '?';
        } else {
            write(point >= 0xD800 && point < 0xE000 ? REPLACEMENT : point);
        }
    }

    private void write(int point) {
        if (out.length - length < MOST_BYTES) {
            out = Arrays.copyOf(out, 2 * out.length);
        }
        if (point < 0x80) {
            out[length++] = (byte) point;
        } else if (point < 0x800) {
            out[length++] = (byte) (0xC0 | (point >> 6));
            out[length++] = (byte) (0x80 | (point & 0x3F));
        } else if (point < 0x10000) {
            out[length++] = (byte) (0xE0 | (point >> 12));
            out[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            out[length++] = (byte) (0x80 | (point & 0x3F));
        } else {
            out[length++] = (byte) (0xF0 | (point >> 18));
            out[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            out[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            out[length++] = (byte) (0x80 | (point & 0x3F));
        }
    }
}
