package io.sluice.scenario;

import io.sluice.scenario.Scenario.Generator;
import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.UUID;

/** Makes values that no earlier session had: mail under a reserved domain, telephone numbers kept for fiction. */
final class FreshValue {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final int USUAL_LENGTH = 12;
    private static final int SHORTEST_PASSWORD = 8;

    private final SplittableRandom random;

    FreshValue(SplittableRandom random) {
        this.random = random;
    }

    String make(Generator generator) {
        Integer asked = generator.length();
        int length = asked == null ? USUAL_LENGTH : asked;
        return switch (generator.format()) {
            case EMAIL -> from(LETTERS, USUAL_LENGTH) + "@example.org";
            case PHONE -> "+1-" + (200 + random.nextInt(800)) + "-555-01" + from(DIGITS, 2);
            case NAME -> Character.toUpperCase(LETTERS.charAt(random.nextInt(26))) + from(LETTERS, USUAL_LENGTH / 2);
            case UUID -> uuid().toString();
            case INTEGER -> (1 + random.nextInt(9)) + from(DIGITS, length - 1);
            case DATE -> LocalDate.of(2020, 1, 1).plusDays(random.nextInt(2000)).toString();
            case PASSWORD -> "Aa1-" + from(LETTERS, Math.max(length, SHORTEST_PASSWORD) - 4);
            case TEXT -> from(LETTERS, length);
        };
    }

    private String from(String alphabet, int length) {
        StringBuilder made = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            made.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return made.toString();
    }

    private UUID uuid() {
        long most = (random.nextLong() & ~0xF000L) | 0x4000L;
        return new UUID(most, (random.nextLong() & ~(3L << 62)) | (2L << 62));
    }
}
