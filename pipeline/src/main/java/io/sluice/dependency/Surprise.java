package io.sluice.dependency;

/** How unlikely it is that equal values are equal by chance. */
final class Surprise {
    private static final double LOG_2 = Math.log(2);

    private Surprise() {}

    /**
     * Half the bits of a random text of this length and alphabet, for real values are less random than that:
     * {@code 1} -> 1.7, {@code true} -> 9.4, a UUID -> 93.
     */
    static double bits(String value) {
        int alphabet = 0;
        alphabet += value.chars().anyMatch(c -> c >= '0' && c <= '9') ? 10 : 0;
        alphabet += value.chars().anyMatch(c -> c >= 'a' && c <= 'z') ? 26 : 0;
        alphabet += value.chars().anyMatch(c -> c >= 'A' && c <= 'Z') ? 26 : 0;
        alphabet += value.chars().anyMatch(c -> !Character.isLetterOrDigit(c) || c > 'z') ? 20 : 0;
        return value.length() * Math.log(Math.max(2, alphabet)) / LOG_2 / 2;
    }

    /**
     * The probability of at least {@code hits} successes in {@code trials} independent ones, each with {@code chance}
     * (the upper tail of the binomial distribution).
     */
    static double upperTail(long trials, long hits, double chance) {
        if (hits <= 0 || chance >= 1) {
            return 1;
        }
        if (chance <= 0) {
            return 0;
        }
        double term = logTerm(trials, hits, chance);
        double sum = 0;
        double ratio = 1;
        for (long k = hits; k <= trials && ratio > 1e-16 * sum; k++) {
            sum += ratio;
            ratio *= (double) (trials - k) / (double) (k + 1) * chance / (1 - chance);
        }
        return Math.min(1, Math.exp(term + Math.log(sum)));
    }

    private static double logTerm(long trials, long hits, double chance) {
        return logFactorial(trials)
                - logFactorial(hits)
                - logFactorial(trials - hits)
                + (double) hits * Math.log(chance)
                + (double) (trials - hits) * Math.log1p(-chance);
    }

    /** By Stirling's series from 20 on, exact to 1e-10. */
    private static double logFactorial(long n) {
        if (n < 20) {
            double sum = 0;
            for (long i = 2; i <= n; i++) {
                sum += Math.log((double) i);
            }
            return sum;
        }
        double x = (double) n + 1;
        return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x * x * x);
    }
}
