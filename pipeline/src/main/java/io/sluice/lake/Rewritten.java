package io.sluice.lake;

import java.io.Serializable;

/**
 * What became of a stored object.
 *
 * @param rows how many of its rows are as they were to become, by this rewriting or one before
 * @param bytes how many were written
 */
public record Rewritten(String name, Change change, long rows, long bytes) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether another one stands in its place now. */
    public enum Change {
        REPLACED,
        NOT_NEEDED,
        IMPOSSIBLE
    }

    /** An object that stays as it was, although it should not. */
    public static Rewritten impossible(String name) {
        return new Rewritten(name, Change.IMPOSSIBLE, 0, 0);
    }
}
