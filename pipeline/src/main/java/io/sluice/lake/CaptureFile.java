package io.sluice.lake;

import java.io.Serializable;

/**
 * A file that may hold captures.
 *
 * @param uri where it is read from
 * @param name under which exchanges and rejects refer to it
 * @param named whether the user named this very file, rather than a folder or pattern it was found by
 */
public record CaptureFile(String uri, String name, long bytes, long modifiedAt, boolean named) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Lower-case end of the name, e.g. {@code har}; empty where it has none. */
    public String extension() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0 ? "" : last.substring(dot + 1).toLowerCase(java.util.Locale.ROOT);
    }
}
