package io.sluice.tenant;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret of one tenant, from which every keyed hash and pseudonym is made; it travels to executors, never to a table. */
public final class TenantKey implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String ALGORITHM = "HmacSHA256";

    /** Fewer bytes than this can be guessed. */
    public static final int MINIMUM_BYTES = 16;

    private final byte[] secret;
    private final int version;

    /** A key of at least {@link #MINIMUM_BYTES}; {@code version} tells it from earlier and later keys of the tenant. */
    public TenantKey(byte[] secret, int version) {
        if (secret.length < MINIMUM_BYTES) {
            throw SluiceException.settings(
                    "Cannot use the tenant's key",
                    "it has " + secret.length + " bytes",
                    "Give a key of at least " + MINIMUM_BYTES + " random bytes, better 32");
        }
        this.secret = secret.clone();
        this.version = version;
    }

    public int version() {
        return version;
    }

    /**
     * The 32 bytes of HMAC-SHA256 of {@code value} under a key that is derived for {@code purpose}, so that what one
     * purpose publishes tells nothing about another.
     */
    public byte[] mac(String purpose, byte[] value) {
        return hmac(derived(purpose), value);
    }

    /** As {@link #mac(String, byte[])} over the UTF-8 bytes of {@code value}. */
    public byte[] mac(String purpose, String value) {
        return mac(purpose, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The key derived for {@code purpose}: HMAC-SHA256 under it is {@link #mac}; for those who hash row after row. */
    public byte[] derived(String purpose) {
        return hmac(secret, purpose.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "TenantKey version " + version;
    }

    private static byte[] hmac(byte[] key, byte[] value) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
