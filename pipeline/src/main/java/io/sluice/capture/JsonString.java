package io.sluice.capture;

import java.util.Arrays;

/** Turns a JSON string into the UTF-8 bytes that it stands for. */
final class JsonString {
    private static final int REPLACEMENT = 0xFFFD;

    private final byte[] text;
    private byte[] out;
    private int at;
    private int length;

    private JsonString(byte[] text, int first, int room) {
        this.text = text;
        this.at = first;
        this.out = new byte[room];
    }

    /** Decodes the string whose first byte after the opening quote is {@code first}; its closing quote must be there. */
    static byte[] decode(byte[] text, int first) {
        int end = first;
        boolean plain = true;
        while (text[end] != '"') {
            if (text[end] == '\\') {
                plain = false;
                end++;
            }
            end++;
        }
        if (plain) {
            return Arrays.copyOfRange(text, first, end);
        }
        return new JsonString(text, first, end - first).decodeTo(end);
    }

    private byte[] decodeTo(int end) {
        while (at < end) {
            int plain = at;
            while (at < end && text[at] != '\\') {
                at++;
            }
            System.arraycopy(text, plain, out, length, at - plain);
            length += at - plain;
            if (at == end) {
                break;
            }
            at += 2;
            switch (text[at - 1]) {
                case 'n' -> out[length++] = '\n';
                case 't' -> out[length++] = '\t';
                case 'r' -> out[length++] = '\r';
                case 'b' -> out[length++] = '\b';
                case 'f' -> out[length++] = '\f';
                case 'u' -> codePoint(escaped(end), end);
                default -> out[length++] = text[at - 1];
            }
        }
        return out.length == length ? out : Arrays.copyOf(out, length);
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

    /** An escape of six bytes never becomes more than three bytes, of twelve never more than four: there is room. */
    private void write(int point) {
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
