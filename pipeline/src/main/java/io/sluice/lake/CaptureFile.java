package io.sluice.lake;

import java.io.Serializable;
import java.util.Locale;

/**
 * A file that may hold captures.
 *
 * @param uri where it is read from
 * @param name under which exchanges and rejects refer to it
 * @param named whether the user named this very file, rather than a folder or pattern it was found by
 */
public record CaptureFile(String uri, String name, long bytes, long modifiedAt, boolean named) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The folder it lies in; the name itself where it lies in none. */
    String folder() {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /** Lower-case end of the name, e.g. {@code har}; empty where it has none. */
    public String extension() {
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        return dot < 0 ? "" : last.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
