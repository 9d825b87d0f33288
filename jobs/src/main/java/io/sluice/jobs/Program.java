package io.sluice.jobs;

/** A command that is not a job of one tenant: it runs jobs, or needs none. */
public interface Program {
    /** Runs and returns the exit code. */
    int run(Console console);
}
