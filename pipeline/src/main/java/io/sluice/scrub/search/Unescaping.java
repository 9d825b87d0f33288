package io.sluice.scrub.search;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes one layer of encoding off a text; what is not encoded stays as it is. */
final class Unescaping {
    private static final String SHORT_ESCAPES = "nrtbf";
    private static final String ESCAPABLE = SHORT_ESCAPES + "u\"\\/'";
    private static final String SHORT_ESCAPED = "\n\r\t\b\f";
    private static final int LONGEST_REFERENCE = 40;
    private static final byte[] SIXTETS = sixtets();
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Unescaping() {}

    /** Percent escapes (RFC 3986, section 2.1) as their bytes. A plus sign stays: an e-mail address may hold one. */
    static byte[] percent(byte[] text, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (isPercent(text, i, to)) {
                out[length++] = (byte) (hex(text[i + 1]) << 4 | hex(text[i + 2]));
                i += 2;
            } else {
                out[length++] = text[i];
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** Text in which no percent escape and no character reference with a semicolon is left, nor one that taking others off has made. */
    static byte[] settled(byte[] text, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            out[length++] = text[i];
            for (int begin = endingEscape(out, length); begin >= 0; begin = endingEscape(out, length)) {
                Escape escape = out[begin] == '%' ? Escape.PERCENT : Escape.HTML;
                byte[] means = escape.off(out, begin, length);
                System.arraycopy(means, 0, out, begin, means.length);
                length = begin + means.length;
            }
        }
        return Arrays.copyOf(out, length);
    }

    /** Where the escape begins with which {@code text[0, end)} ends; negative if it ends with none. */
    private static int endingEscape(byte[] text, int end) {
        int percent = end - 3;
        if (percent >= 0 && isPercent(text, percent, end)) {
            return percent;
        }
        if (text[end - 1] == ';') {
            for (int at = end - 2; at >= Math.max(0, end - LONGEST_REFERENCE); at--) {
                if (text[at] == '&') {
                    return CharacterReferences.isReference(text, at, end) ? at : -1;
                }
            }
        }
        return -1;
    }

    static boolean isPercent(byte[] text, int at, int to) {
        return text[at] == '%' && at + 2 < to && Ascii.isHex(text[at + 1]) && Ascii.isHex(text[at + 2]);
    }

    static boolean isJson(byte[] text, int at, int to) {
        return text[at] == '\\' && at + 1 < to && ESCAPABLE.indexOf(text[at + 1]) >= 0;
    }

    /** The escapes of a JSON string (RFC 8259, section 7) as their characters. */
    static byte[] json(byte[] text, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        int i = from;
        while (i < to) {
            if (text[i] != '\\' || i + 1 == to) {
                out[length++] = text[i++];
            } else if (text[i + 1] == 'u' && isUnit(text, i, to)) {
                int end = i + 6;
                while (isUnit(text, end, to)) {
                    end += 6;
                }
                byte[] characters = units(text, i, end);
                System.arraycopy(characters, 0, out, length, characters.length);
                length += characters.length;
                i = end;
            } else {
                int escape = SHORT_ESCAPES.indexOf(text[i + 1]);
                out[length++] = escape < 0 ? text[i + 1] : (byte) SHORT_ESCAPED.charAt(escape);
                i += 2;
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static boolean isUnit(byte[] text, int at, int to) {
        if (at + 6 > to || text[at] != '\\' || text[at + 1] != 'u') {
            return false;
        }
        for (int i = at + 2; i < at + 6; i++) {
            if (!Ascii.isHex(text[i])) {
                return false;
            }
        }
        return true;
    }

    /** UTF-16 code units, six bytes each, as UTF-8, which is never longer. */
    private static byte[] units(byte[] text, int from, int to) {
        StringBuilder units = new StringBuilder((to - from) / 6);
        for (int i = from; i < to; i += 6) {
            int unit = 0;
            for (int digit = i + 2; digit < i + 6; digit++) {
                unit = unit << 4 | hex(text[digit]);
            }
            units.append((char) unit);
        }
        return units.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** How many bytes so many characters of base64 stand for. */
    static int bytesOf(int characters) {
        return 6 * characters / Byte.SIZE;
    }

    /**
     * Writes the bytes that a run of base64 or base64url stands for, with the bits that are left over behind them, and returns
     * of how many characters they are; padding and line breaks are none.
     */
    static int base64(byte[] text, int from, int to, byte[] out) {
        int characters = 0;
        int length = 0;
        int bits = 0;
        int held = 0;
        int i = from;
        while (i < to) {
            int four = bits == 0 && i + 4 <= to ? fourSixtets(text, i) : -1;
            if (four >= 0) {
                out[length++] = (byte) (four >> 16);
                out[length++] = (byte) (four >> 8);
                out[length++] = (byte) four;
                characters += 4;
                i += 4;
                continue;
            }
            int sixtet = SIXTETS[text[i++] & 0xff];
            if (sixtet >= 0) {
                characters++;
                held = held << 6 | sixtet;
                bits += 6;
                if (bits >= Byte.SIZE) {
                    bits -= Byte.SIZE;
                    out[length++] = (byte) (held >> bits);
                }
            }
        }
        out[length] = (byte) (held << (Byte.SIZE - bits));
        return characters;
    }

    /** Makes of what {@link #base64} wrote what it would write without the first {@code skipped} characters, fewer than four. */
    static void base64Later(int skipped, byte[] bytes, int characters, byte[] out) {
        int first = 6 * skipped / Byte.SIZE;
        int shift = 6 * skipped % Byte.SIZE;
        int length = bytesOf(characters - skipped);
        int i = 0;
        for (; i + Long.BYTES <= length; i += Long.BYTES) {
            int next = first + i + Long.BYTES;
            LONG.set(out, i, (long) LONG.get(bytes, first + i) << shift | (bytes[next] & 0xff) >>> (Byte.SIZE - shift));
        }
        for (; i < length; i++) {
            int next = first + i + 1;
            out[i] = (byte) (bytes[next - 1] << shift | (bytes[next] & 0xff) >>> (Byte.SIZE - shift));
        }
    }

    /** Negative if one of the four is a line break. */
    private static int fourSixtets(byte[] text, int at) {
        return SIXTETS[text[at] & 0xff] << 18
                | SIXTETS[text[at + 1] & 0xff] << 12
                | SIXTETS[text[at + 2] & 0xff] << 6
                | SIXTETS[text[at + 3] & 0xff];
    }

    static byte[] hex(byte[] text, int from, int to) {
        byte[] out = new byte[(to - from) / 2];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) (hex(text[from + 2 * i]) << 4 | hex(text[from + 2 * i + 1]));
        }
        return out;
    }

    static byte[] digits(byte[] text, int from, int to) {
        byte[] out = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (Ascii.isDigit(text[i])) {
                out[length++] = text[i];
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static int hex(byte symbol) {
        return Character.digit(symbol, 16);
    }

    private static byte[] sixtets() {
        byte[] sixtets = new byte[256];
        Arrays.fill(sixtets, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            sixtets[alphabet.charAt(i)] = (byte) i;
        }
        sixtets['-'] = sixtets['+'];
        sixtets['_'] = sixtets['/'];
        return sixtets;
    }
}
