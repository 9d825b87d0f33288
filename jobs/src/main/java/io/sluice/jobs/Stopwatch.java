package io.sluice.jobs;

import java.util.function.Supplier;

/** Sums the time that steps of one kind take. */
final class Stopwatch {
    private long nanos;

    void time(Runnable step) {
        time(() -> {
            step.run();
            return step;
        });
    }

    <T> T time(Supplier<T> step) {
        long begin = System.nanoTime();
        try {
            return step.get();
        } finally {
            nanos += System.nanoTime() - begin;
        }
    }

    /** To the millisecond. */
    double seconds() {
        return Math.round(nanos / 1e6) / 1000.0;
    }
}
