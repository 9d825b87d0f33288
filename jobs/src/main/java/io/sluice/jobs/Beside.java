package io.sluice.jobs;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A step that is taken beside others, on a thread of its own, which it does not outlive: to close it is to wait for it. */
final class Beside<T> implements AutoCloseable {
    private final CompletableFuture<T> step;
    private boolean isTold;

    private Beside(CompletableFuture<T> step) {
        this.step = step;
    }

    /** Begins at once. */
    static <T> Beside<T> start(String name, Supplier<T> step) {
        return new Beside<>(CompletableFuture.supplyAsync(step, task -> new Thread(task, name).start()));
    }

    /** The same of a step that returns nothing. */
    static Beside<Void> start(String name, Runnable step) {
        return new Beside<>(CompletableFuture.runAsync(step, task -> new Thread(task, name).start()));
    }

    /** Waits for what the step returns, or fails as it did. */
    T get() {
        isTold = true;
        try {
            return step.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e; // Scala throws checked ones unsaid
        }
    }

    /** Waits, and fails as the step did unless that was told. */
    @Override
    public void close() {
        if (!isTold) {
            get();
        }
    }
}
