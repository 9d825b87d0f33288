package io.sluice.jobs;

/** What a scheduler may conclude from the end of a command. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int SETTINGS = 2;
    public static final int REFUSED = 3;
    public static final int DONE_IN_PART = 4;

    private ExitCode() {}
}
