package io.sluice.scrub.evidence;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** One object under a tenant's root: its name, its length in bytes, and a SHA-256 in hex, as a rule of its content. */
public record InventoryEntry(String name, long length, String sha256) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** An object that was listed but not read: the hash is of the milliseconds since 1970 when it was last modified. */
    public static InventoryEntry listed(String name, long length, long modifiedMillis) {
        return new InventoryEntry(
                name, length, Sha256.hex(Long.toString(modifiedMillis).getBytes(StandardCharsets.US_ASCII)));
    }

    public InventoryEntry {
        if (length < 0) {
            throw new IllegalArgumentException("An object has no negative length");
        }
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("A SHA-256 is written in 64 lower-case hex digits");
        }
    }
}
