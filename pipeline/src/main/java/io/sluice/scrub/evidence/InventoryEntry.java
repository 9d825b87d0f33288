package io.sluice.scrub.evidence;

import java.util.regex.Pattern;

/** One object under a tenant's root: its name, its length in bytes, and the SHA-256 of its content in hex. */
public record InventoryEntry(String name, long length, String sha256) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public InventoryEntry {
        if (length < 0) {
            throw new IllegalArgumentException("An object has no negative length");
        }
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("A SHA-256 is written in 64 lower-case hex digits");
        }
    }
}
