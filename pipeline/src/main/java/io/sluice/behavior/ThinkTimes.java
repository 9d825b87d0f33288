package io.sluice.behavior;

import java.util.List;

/** A distribution of think times, known by its deciles 10 to 90 in milliseconds. */
record ThinkTimes(List<Long> deciles) {
    private static final int KNOWN = 9;

    ThinkTimes {
        deciles = List.copyOf(deciles);
        if (deciles.size() != KNOWN) {
            throw new IllegalArgumentException("nine deciles expected, not " + deciles.size());
        }
    }

    /**
     * Where {@code millis} stands in the distribution, 0 to 1; where it has many equal values, at {@code within} (0 to
     * 1) of the way through them. If the distribution is right, positions of observed times are uniform.
     */
    double position(long millis, double within) {
        double below = share(millis, true);
        double upTo = share(millis, false);
        return below + within * (upTo - below);
    }

    /** The share of times below {@code millis}, or up to it; linear between deciles, exponential after the last. */
    private double share(long millis, boolean below) {
        int reached = 0;
        for (long decile : deciles) {
            if (below ? decile < millis : decile <= millis) {
                reached++;
            }
        }
        if (reached == KNOWN) {
            long last = deciles.get(KNOWN - 1);
            double tail = Math.max(1, last - deciles.get(KNOWN / 2));
            return 1 - 0.1 * Math.exp((last - millis) / tail);
        }
        long from = reached == 0 ? 0 : deciles.get(reached - 1);
        long to = deciles.get(reached);
        double part = to > from ? Math.max(0, Math.min(1, (double) (millis - from) / (to - from))) : 0;
        return (reached + part) / (KNOWN + 1);
    }
}
