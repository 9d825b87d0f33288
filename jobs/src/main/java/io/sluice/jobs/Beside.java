package io.sluice.jobs;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A step that is taken beside others, on a thread of its own, which it does not outlive: to close it is to wait for it. */
final class Beside<T> implements AutoCloseable {
    private final FutureTask<T> step;

    private Beside(FutureTask<T> step) {
        this.step = step;
    }

    /** Begins at once. */
    static <T> Beside<T> start(String name, Supplier<T> step) {
        FutureTask<T> task = new FutureTask<>(step::get);
        new Thread(task, name).start();
        return new Beside<>(task);
    }

    static Beside<Boolean> start(String name, Runnable step) {
        return start(name, () -> {
            step.run();
            return true;
        });
    }

    /** Waits for what the step returns, or fails as it did. */
    T get() {
        try {
            return step.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause(); // a supplier throws no others
        } catch (InterruptedException e) {
            step.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + step, e);
        }
    }

    @Override
    public void close() {
        get();
    }
}
