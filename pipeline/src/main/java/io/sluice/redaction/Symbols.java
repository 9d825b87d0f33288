package io.sluice.redaction;

import java.nio.ByteBuffer;

/** An endless row of symbols drawn from a keyed hash, by Steele, Lea and Flood's SplitMix64 (OOPSLA 2014). */
final class Symbols {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long second;
    private long state;

    Symbols(byte[] keyedHash) {
        ByteBuffer bytes = ByteBuffer.wrap(keyedHash);
        state = bytes.getLong(0);
        second = bytes.getLong(Long.BYTES);
    }

    /** A number from 0 to {@code bound - 1}. */
    int next(int bound) {
        state += GAMMA;
        long z = state ^ second;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (int) (((z >>> 33) * bound) >>> 31);
    }

    byte lower() {
        return (byte) ('a' + next(26));
    }

    byte digit() {
        return (byte) ('0' + next(10));
    }

    /** Letters and digits of {@code length}, beginning with a letter. */
    byte[] word(int length) {
        byte[] word = new byte[length];
        for (int i = 0; i < length; i++) {
            int symbol = next(i == 0 ? 26 : 36);
            word[i] = (byte) (symbol < 26 ? 'a' + symbol : '0' + symbol - 26);
        }
        return word;
    }

    /** A symbol of the same class as {@code symbol}; whatever is neither letter nor digit stays. */
    byte like(byte symbol, boolean hex, boolean first) {
        if (symbol >= '0' && symbol <= '9') {
            byte digit = first ? (byte) ('1' + next(9)) : digit();
            return first && symbol == '0' ? symbol : digit;
        }
        if (symbol >= 'a' && symbol <= 'z') {
            return (byte) ('a' + next(hex ? 6 : 26));
        }
        if (symbol >= 'A' && symbol <= 'Z') {
            return (byte) ('A' + next(hex ? 6 : 26));
        }
        return symbol;
    }
}
