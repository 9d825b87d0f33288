package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Knows identifiers that were scrubbed, by hashes alone, and keeps them from coming back; one instance serves one thread. */
public final class Suppression {
    private static final int HASH_BYTES = 16;

    private final KeyedHash refused;
    private final KeyedHash masked;
    private final Set<String> suppressed;

    /** Takes the hashes of identifiers that may not come back. */
    public Suppression(TenantKey key, Set<String> suppressed) {
        this.refused = new KeyedHash(key.derived("suppression"));
        this.masked = new KeyedHash(key.derived("suppression by mask"));
        this.suppressed = suppressed;
    }

    /** Whether the identifier of that hash in the blind index may not come back, or only masked. */
    public boolean knows(String indexHash) {
        return suppressed.contains(refusal(indexHash)) || suppressed.contains(masking(indexHash));
    }

    /** Whether an exchange with one of {@code findings} may not come back. */
    boolean keepsOut(Set<Finding> findings) {
        return !suppressed.isEmpty()
                && findings.stream()
                        .map(finding -> refusal(finding.identifier().hash()))
                        .anyMatch(suppressed::contains);
    }

    /** Whether a value with one of {@code identifiers} is to be masked. */
    boolean masks(List<Identifier> identifiers) {
        return !suppressed.isEmpty()
                && identifiers.stream()
                        .map(identifier -> masking(identifier.hash()))
                        .anyMatch(suppressed::contains);
    }

    /**
     * The hash that keeps exchanges with an identifier out, given its hash in the blind index: of another key, so that neither
     * leads to the other.
     */
    public String refusal(String indexHash) {
        return hash(refused, indexHash);
    }

    /** As {@link #refusal}, for an identifier that is masked while the exchange comes in. */
    public String masking(String indexHash) {
        return hash(masked, indexHash);
    }

    private static String hash(KeyedHash keyed, String indexHash) {
        byte[] bytes = indexHash.getBytes(StandardCharsets.US_ASCII);
        return HexFormat.of().formatHex(keyed.put(bytes, 0, bytes.length).end(), 0, HASH_BYTES);
    }
}
