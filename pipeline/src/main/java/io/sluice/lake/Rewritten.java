package io.sluice.lake;

import java.io.Serializable;

/** What became of a stored object. */
public record Rewritten(String name, Change change) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether another one stands in its place now. */
    public enum Change {
        REPLACED,
        NOT_NEEDED,
        IMPOSSIBLE
    }
}
