package io.sluice.redaction;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text freed of escapes that still knows where each byte came from, so that a replacement in it is written back,
 * escaped again, over the bytes it stood in.
 */
final class Decoded implements Sink {
    private enum Escape {
        JSON,
        PERCENT,
        FORM
    }

    final byte[] text;
    private int length;
    private final int[] origins;
    private final byte[] raw;
    private final Sink outer;
    private final Escape escape;
    private int escapes;

    private Decoded(byte[] raw, int size, Sink outer, Escape escape) {
        this.raw = raw;
        this.outer = outer;
        this.escape = escape;
        text = new byte[size];
        origins = new int[size + 1];
    }

    /** The inside of a JSON string, {@code \\u0040} and the like resolved. */
    static Decoded json(byte[] raw, int from, int to, Sink outer) {
        Decoded decoded = new Decoded(raw, to - from, outer, Escape.JSON);
        int i = from;
        while (i < to) {
            i = raw[i] == '\\' && i + 1 < to ? decoded.jsonEscape(i, to) : decoded.take(i);
        }
        decoded.origins[decoded.length] = to;
        return decoded;
    }

    /** A text with percent escapes resolved; broken ones stay as they are. */
    static Decoded percent(byte[] raw, int from, int to, Sink outer) {
        return percent(raw, from, to, new Decoded(raw, to - from, outer, Escape.PERCENT));
    }

    /** As {@link #percent(byte[], int, int, Sink)}, where a plus sign also stands for a space. */
    static Decoded form(byte[] raw, int from, int to, Sink outer) {
        return percent(raw, from, to, new Decoded(raw, to - from, outer, Escape.FORM));
    }

    int length() {
        return length;
    }

    /** Whether anything at all was escaped. */
    boolean differs() {
        return escapes > 0;
    }

    @Override
    public void replace(int from, int to, byte[] with) {
        int rawFrom = origins[from];
        int rawTo = origins[to];
        outer.replace(rawFrom, rawTo, encode(with, contains(raw, rawFrom, rawTo, (byte) '%')));
    }

    private static Decoded percent(byte[] raw, int from, int to, Decoded decoded) {
        int i = from;
        while (i < to) {
            if (raw[i] == '%' && i + 2 < to && hex(raw[i + 1]) >= 0 && hex(raw[i + 2]) >= 0) {
                decoded.put((byte) ((hex(raw[i + 1]) << 4) | hex(raw[i + 2])), i);
                i += 3;
            } else if (raw[i] == '+' && decoded.escape == Escape.FORM) {
                decoded.put((byte) ' ', i++);
            } else {
                i = decoded.take(i);
            }
        }
        decoded.origins[decoded.length] = to;
        return decoded;
    }

    private int take(int at) {
        origins[length] = at;
        text[length++] = raw[at];
        return at + 1;
    }

    private void put(byte value, int origin) {
        origins[length] = origin;
        text[length++] = value;
        escapes++;
    }

    private int jsonEscape(int at, int to) {
        byte kind = raw[at + 1];
        if (kind != 'u') {
            put(
                    switch (kind) {
                        case 'n' -> (byte) '\n';
                        case 't' -> (byte) '\t';
                        case 'r' -> (byte) '\r';
                        case 'b' -> (byte) '\b';
                        case 'f' -> (byte) '\f';
                        default -> kind;
                    },
                    at);
            return at + 2;
        }
        int unit = unit(at, to);
        if (unit < 0) {
            return take(at);
        }
        int end = at + 6;
        int codePoint = unit;
        if (Character.isHighSurrogate((char) unit) && unit(end, to) >= 0) {
            int low = unit(end, to);
            if (Character.isLowSurrogate((char) low)) {
                codePoint = Character.toCodePoint((char) unit, (char) low);
                end += 6;
            }
        }
        for (byte utf8 : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            put(utf8, at);
        }
        return end;
    }

    private int unit(int at, int to) {
        if (at + 6 > to || raw[at] != '\\' || raw[at + 1] != 'u') {
            return -1;
        }
        int value = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = hex(raw[i]);
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    private byte[] encode(byte[] with, boolean everything) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(with.length + 16);
        for (byte symbol : with) {
            if (escape == Escape.JSON) {
                if (symbol == '"' || symbol == '\\') {
                    out.write('\\');
                }
                if (symbol >= 0 && symbol < ' ') {
                    out.writeBytes(String.format("\\u%04x", (int) symbol).getBytes(StandardCharsets.US_ASCII));
                } else {
                    out.write(symbol);
                }
            } else if (mustEscape(symbol, everything)) {
                out.writeBytes(String.format("%%%02X", symbol & 0xff).getBytes(StandardCharsets.US_ASCII));
            } else {
                out.write(symbol);
            }
        }
        return out.toByteArray();
    }

    private boolean mustEscape(byte symbol, boolean everything) {
        if (symbol != '_' && symbol >= 0 && Numbers.isWord(symbol)) {
            return false;
        }
        return switch (symbol) {
            case '-', '.', '_', '~' -> false;
            case '%', '&', '#', ' ', '"' -> true;
            case '+' -> everything || escape == Escape.FORM;
            default -> everything || symbol < ' ';
        };
    }

    private static boolean contains(byte[] bytes, int from, int to, byte wanted) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }

    @Override
    public String toString() {
        return "Decoded[" + length + " bytes]";
    }

    /** The decoded bytes alone. */
    byte[] bytes() {
        return Arrays.copyOf(text, length);
    }
}
