package io.sluice.lake;

import java.io.Serializable;

/**
 * An object below the root of a tenant, as it was when it was listed.
 *
 * @param key its name from there
 * @param version which of the earlier versions it is that the storage keeps behind the current one; empty if it is that
 * @param modifiedMillis since 1970
 */
public record StoredObject(String key, String version, long bytes, long modifiedMillis) implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final String VERSION = "?versionId=";

    /** The key, and of an earlier version which it is. */
    public String name() {
        return isCurrent() ? key : key + VERSION + version;
    }

    /** Whether {@code name} is that of an earlier version. */
    public static boolean isEarlier(String name) {
        return name.contains(VERSION);
    }

    /** Whether one sees it without asking for versions. */
    public boolean isCurrent() {
        return version.isEmpty();
    }
}
