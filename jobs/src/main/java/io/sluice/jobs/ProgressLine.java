package io.sluice.jobs;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.Supplier;

/** Says on standard error how far a run is: on a terminal in one line that changes, else in a new line now and then. */
final class ProgressLine implements AutoCloseable {
    /** Set by the launcher, which can see whether standard error is a terminal. */
    private static final String TERMINAL = "sluice.terminal";

    private static final Duration ON_TERMINAL = Duration.ofMillis(500);
    private static final Duration IN_LOG = Duration.ofSeconds(5);
    private static final String[] TURNING = {"|", "/", "-", "\\"};

    private final PrintStream err;
    private final Supplier<String> state;
    private final boolean terminal = Boolean.getBoolean(TERMINAL);
    private final Thread timer = new Thread(this::repeat, "progress");
    private String last = "";
    private int turn;

    ProgressLine(PrintStream err, Supplier<String> state) {
        this.err = err;
        this.state = state;
        timer.setDaemon(true);
        timer.start();
    }

    @Override
    public void close() {
        timer.interrupt();
        if (terminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    private void repeat() {
        try {
            while (true) {
                Thread.sleep((terminal ? ON_TERMINAL : IN_LOG).toMillis());
                print();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void print() {
        String now = state.get();
        if (terminal) {
            turn = (turn + 1) % TURNING.length;
            err.print("\r\u001b[K" + TURNING[turn] + " " + now);
            err.flush();
        } else if (!now.equals(last)) {
            last = now;
            err.println(now);
        }
    }
}
