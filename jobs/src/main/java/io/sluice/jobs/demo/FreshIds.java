package io.sluice.jobs.demo;

import java.util.SplittableRandom;
import java.util.UUID;

/** Makes the ids of one start of a service; another seed gives ids of the same shapes and no value in common. */
final class FreshIds {
    private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";

    private final SplittableRandom random;
    private int nextOrder;

    FreshIds(long seed) {
        random = new SplittableRandom(seed);
        nextOrder = 10_000_000 + random.nextInt(80_000_000);
    }

    /** Letters and digits after {@code prefix}, e.g. {@code bk-7hq2m9xw}. */
    synchronized String code(String prefix, int length) {
        StringBuilder code = new StringBuilder(prefix);
        for (int i = 0; i < length; i++) {
            code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return code.toString();
    }

    synchronized UUID uuid() {
        long most = (random.nextLong() & ~0xF000L) | 0x4000L;
        long least = (random.nextLong() & ~(3L << 62)) | (2L << 62);
        return new UUID(most, least);
    }

    /** Eight digits, growing by small steps from a fresh start, as a database sequence does. */
    synchronized int orderNumber() {
        nextOrder += 1 + random.nextInt(7);
        return nextOrder;
    }

    synchronized byte[] key() {
        byte[] key = new byte[32];
        random.nextBytes(key);
        return key;
    }

    /** A valid ISBN-13. */
    synchronized String isbn() {
        StringBuilder isbn = new StringBuilder("979");
        int sum = 9 + 3 * 7 + 9;
        for (int i = 3; i < 12; i++) {
            int digit = random.nextInt(10);
            isbn.append(digit);
            sum += i % 2 == 0 ? digit : 3 * digit;
        }
        return isbn.append((10 - sum % 10) % 10).toString();
    }
}
