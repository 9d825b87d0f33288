package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Set;

/** Knows identifiers that were scrubbed, by hashes alone, and keeps them from coming back; one instance serves one thread. */
public final class Suppression {
    private static final String PURPOSE = "suppression";
    private static final int HASH_BYTES = 16;

    private final KeyedHash hash;
    private final Set<String> suppressed;

    /** Takes the hashes of identifiers that may not come back. */
    public Suppression(TenantKey key, Set<String> suppressed) {
        this.hash = new KeyedHash(key.derived(PURPOSE));
        this.suppressed = suppressed;
    }

    /** Whether one of {@code findings} may not come back. */
    boolean keepsOut(Set<Finding> findings) {
        if (suppressed.isEmpty()) {
            return false;
        }
        return findings.stream()
                .anyMatch(
                        finding -> suppressed.contains(hash(finding.identifier().hash())));
    }

    /** The hash of an identifier, given by its hash in the blind index: of another key, so that neither leads to the other. */
    public String hash(String indexHash) {
        byte[] bytes = indexHash.getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(hash.put(bytes, 0, bytes.length).end(), 0, HASH_BYTES);
    }
}
