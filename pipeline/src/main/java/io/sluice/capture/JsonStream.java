package io.sluice.capture;

import java.io.IOException;
import java.io.InputStream;

/**
 * Finds the values of a JSON text without interpreting them, so that one broken value costs only itself, one huge value
 * is passed over, and every place is known as a byte offset.
 */
final class JsonStream {
    static final int END = -1;
    private static final int BUFFER = 1 << 18;

    /** What became of a value. */
    enum Taken {
        WHOLE,
        TOO_LARGE,
        CUT_OFF
    }

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int end;
    private long passed;
    private boolean corrupt;

    /** @param first byte offset that the first byte of {@code in} has in the file */
    JsonStream(InputStream in, long first) {
        this.in = in;
        this.passed = first;
    }

    /** Byte offset of the next byte. */
    long offset() {
        return passed + position;
    }

    /** Whether the input ended because its compression is damaged. */
    boolean corrupt() {
        return corrupt;
    }

    /** Passes over white space (and stray byte order marks) and tells the next byte without taking it. */
    int peek() {
        while (position < end || fill()) {
            int b = buffer[position];
            boolean blank = b == ' ' || b == '\n' || b == '\r' || b == '\t';
            boolean mark = b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
            if (!blank && !mark) {
                return b & 0xFF;
            }
            position++;
        }
        return END;
    }

    /** Whether nothing is left. */
    boolean atEnd() {
        return position >= end && !fill();
    }

    /** Takes one byte, which {@link #peek} has told. */
    void skip() {
        position++;
    }

    /** Passes over everything up to the next line that begins with {@code wanted}. */
    void skipToLineWith(char wanted) {
        boolean atLineStart = false;
        while (position < end || fill()) {
            byte b = buffer[position];
            if (atLineStart && b == wanted) {
                return;
            }
            atLineStart = b == '\n';
            position++;
        }
    }

    /** Copies the rest of the line into {@code line} and passes over its end; a longer line than that is passed over. */
    Taken takeLine(ByteSlice line, int limit) {
        line.clear();
        boolean fits = true;
        while (position < end || fill()) {
            int from = position;
            while (position < end && buffer[position] != '\n') {
                position++;
            }
            int length = position - from;
            fits = fits && line.length() + (long) length <= limit;
            if (fits) {
                line.append(buffer, from, length);
            }
            if (position < end) {
                position++;
                break;
            }
        }
        return fits ? Taken.WHOLE : Taken.TOO_LARGE;
    }

    /** Copies the value that begins here into {@code value}; a value of more than {@code limit} bytes is passed over. */
    Taken take(ByteSlice value, int limit) {
        value.clear();
        Scan scan = new Scan();
        boolean fits = true;
        while (position < end || fill()) {
            int from = position;
            position = scan.advance(buffer, position, end);
            int length = position - from;
            fits = fits && value.length() + (long) length <= limit;
            if (fits) {
                value.append(buffer, from, length);
            }
            if (scan.done()) {
                return fits ? Taken.WHOLE : Taken.TOO_LARGE;
            }
        }
        return scan.doneAtEnd() ? Taken.WHOLE : Taken.CUT_OFF;
    }

    private boolean fill() {
        passed += end;
        position = 0;
        end = 0;
        try {
            end = Math.max(0, in.read(buffer, 0, BUFFER));
        } catch (IOException damaged) {
            corrupt = true;
        }
        return end > 0;
    }

    /** The state of passing over one value: how deep, and whether inside a string. */
    private static final class Scan {
        private int depth;
        private boolean inString;
        private boolean escaped;
        private boolean inScalar;
        private boolean done;

        boolean done() {
            return done;
        }

        /** A number or literal needs no closing byte. */
        boolean doneAtEnd() {
            return inScalar && depth == 0;
        }

        int advance(byte[] bytes, int from, int end) {
            int i = from;
            while (i < end && !done) {
                if (inString) {
                    i = inString(bytes, i, end);
                } else {
                    i = outside(bytes, i, end);
                }
            }
            return i;
        }

        private int inString(byte[] bytes, int from, int end) {
            int i = from;
            if (escaped) {
                escaped = false;
                i++;
            }
            while (i < end) {
                i = PlainRun.end(bytes, i, end);
                if (i == end) {
                    return i;
                }
                if (bytes[i++] == '"') {
                    inString = false;
                    done = depth == 0;
                    return i;
                }
                if (i == end) {
                    escaped = true;
                    return i;
                }
                i++;
            }
            return i;
        }

        private int outside(byte[] bytes, int from, int end) {
            int i = from;
            while (i < end) {
                byte b = bytes[i];
                if (inScalar && depth == 0) {
                    if (b == ',' || b == '}' || b == ']' || b == '{' || b == '[' || (b <= ' ' && b >= 0)) {
                        done = true;
                        return i;
                    }
                    i++;
                    continue;
                }
                i++;
                switch (b) {
                    case '"' -> {
                        inString = true;
                        return i;
                    }
                    case '{', '[' -> depth++;
                    case '}', ']' -> {
                        depth--;
                        if (depth <= 0) {
                            done = true;
                            return i;
                        }
                    }
                    default -> inScalar = depth == 0;
                }
            }
            return i;
        }
    }
}
