package io.sluice.scrub.search;

/**
 * Tells whether bytes may begin a DEFLATE stream (RFC 1951) that yields a few bytes: nearly all that were meant for something
 * else do not, and finding that out by unpacking them takes an exception each time.
 */
final class DeflateStart {
    private static final int SHORTEST = 3;
    private static final int LOOKED_AT = 1 << 14;
    private static final int STORED_HEADER = 5;
    private static final int MOST_CODES = 29;
    private static final int END_OF_BLOCK = 256;
    private static final int LONGEST_REPEAT = 285;

    private final byte[] bytes;
    private final int from;
    private final int bits;
    private int bit;

    private DeflateStart(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.from = from;
        this.bits = Math.min(to - from, LOOKED_AT) * Byte.SIZE;
    }

    /** Whether {@code bytes[from, to)} may unpack to at least {@code enough} bytes. */
    static boolean mayYield(int enough, byte[] bytes, int from, int to) {
        if (to - from < SHORTEST) {
            return false;
        }
        DeflateStart start = new DeflateStart(bytes, from, to);
        start.bits(1); // whether it is the last block
        return switch (start.bits(2)) {
            case 0 ->
                to - from > STORED_HEADER
                        && (bytes[from + 1] ^ bytes[from + 3]) == -1
                        && (bytes[from + 2] ^ bytes[from + 4]) == -1;
            case 1 -> start.fixedCodesYield(enough);
            case 2 -> start.hasWholeCode();
            default -> false;
        };
    }

    /** Section 3.2.7: whether the lengths of the code in which the lengths of all codes are written make up a whole one. */
    private boolean hasWholeCode() {
        int literals = bits(5);
        int distances = bits(5);
        int lengths = bits(4) + 4;
        int used = 0;
        for (int i = 0; i < lengths; i++) {
            int length = bits(3);
            used += length == 0 ? 0 : 1 << (7 - length);
        }
        return literals <= MOST_CODES && distances <= MOST_CODES && used == 1 << 7 && bit <= bits;
    }

    /** Section 3.2.6: whether nothing that was not written yet is repeated before so many bytes are. */
    private boolean fixedCodesYield(int enough) {
        int written = 0;
        while (written < enough && bit < bits) {
            int symbol = fixedSymbol();
            if (symbol < END_OF_BLOCK) {
                written++;
            } else if (symbol == END_OF_BLOCK) {
                return true; // another block may follow
            } else {
                int length = symbol > LONGEST_REPEAT ? 0 : length(symbol);
                if (length == 0 || distance() > written) {
                    return false;
                }
                written += length;
            }
        }
        return written >= enough || bits == LOOKED_AT * Byte.SIZE;
    }

    private int fixedSymbol() {
        int code = code(7);
        if (code < 0b0011000) {
            return END_OF_BLOCK + code;
        }
        code = code << 1 | bits(1);
        if (code < 0b11000000) {
            return code - 0b00110000;
        }
        return code < 0b11001000 ? 280 + code - 0b11000000 : 144 + (code << 1 | bits(1)) - 0b110010000;
    }

    /** Section 3.2.5: how many bytes are repeated. */
    private int length(int symbol) {
        int code = symbol - END_OF_BLOCK - 1;
        if (code < 8) {
            return 3 + code;
        }
        int extra = code / 4 - 1;
        return symbol == LONGEST_REPEAT ? 258 : 3 + ((4 + code % 4) << extra) + bits(extra);
    }

    /** Section 3.2.5: from how far back; too far for anything where there is no such code. */
    private int distance() {
        int code = code(5);
        if (code > MOST_CODES) {
            return Integer.MAX_VALUE;
        }
        if (code < 4) {
            return 1 + code;
        }
        int extra = code / 2 - 1;
        return 1 + ((2 + code % 2) << extra) + bits(extra);
    }

    /** A number, its lowest bit first. */
    private int bits(int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            number |= nextBit() << i;
        }
        return number;
    }

    /** A code, its highest bit first. */
    private int code(int count) {
        int code = 0;
        for (int i = 0; i < count; i++) {
            code = code << 1 | nextBit();
        }
        return code;
    }

    private int nextBit() {
        int next = bit < bits ? (bytes[from + bit / Byte.SIZE] >> (bit % Byte.SIZE)) & 1 : 0;
        bit++;
        return next;
    }
}
