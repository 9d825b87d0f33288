package io.sluice.tenant;

import java.util.Objects;

/** Tells the operator what could not be done, why, and what to do next; values from captures never stand in it. */
public final class SluiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What a scheduler may conclude from the failure; each has its own exit code. */
    public enum Kind {
        /** Trying again may help. */
        FAILED(1),
        /** Options or settings are wrong. */
        SETTINGS(2),
        /** Trying again will not help. */
        REFUSED(3);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    private SluiceException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** For trouble that may pass: storage out of reach, disk full. */
    public static SluiceException failed(String what, String why, String next) {
        return new SluiceException(Kind.FAILED, what + ": " + why + ". " + next);
    }

    /** For options and settings that cannot work. */
    public static SluiceException settings(String what, String why, String next) {
        return new SluiceException(Kind.SETTINGS, what + ": " + why + ". " + next);
    }

    /** For input that will be refused however often it is tried. */
    public static SluiceException refused(String what, String why, String next) {
        return new SluiceException(Kind.REFUSED, what + ": " + why + ". " + next);
    }

    /** Adds the technical cause for the log, and returns this exception. */
    public SluiceException causedBy(Throwable cause) {
        initCause(cause);
        return this;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public Kind kind() {
        return kind;
    }
}
