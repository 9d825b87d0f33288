package io.sluice.scrub.evidence;

import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Base64;

/** The Ed25519 key pair of one tenant, which follows from the tenant's key and is stored nowhere. */
public final class EvidenceKey {
    static final String ALGORITHM = "Ed25519";
    private static final byte[] PROBE = "evidence".getBytes(StandardCharsets.US_ASCII);

    private final PrivateKey signing;
    private final VerifyingKey verifying;

    private EvidenceKey(PrivateKey signing, VerifyingKey verifying) {
        this.signing = signing;
        this.verifying = verifying;
    }

    /** The key pair that belongs to {@code key}; another version of the tenant's key gives another pair. */
    public static EvidenceKey of(TenantKey key) {
        return ofSeed(key.derived("evidence"));
    }

    /** The key pair whose private key, as in RFC 8032, is {@code seed}. */
    static EvidenceKey ofSeed(byte[] seed) {
        try {
            NamedParameterSpec curve = NamedParameterSpec.ED25519;
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(curve, new Fixed(seed));
            PrivateKey signing =
                    KeyFactory.getInstance(ALGORITHM).generatePrivate(new EdECPrivateKeySpec(curve, seed.clone()));
            EvidenceKey key = new EvidenceKey(
                    signing, VerifyingKey.of(generator.generateKeyPair().getPublic()));
            // no specification says that a generator takes its random bytes as they are
            if (!key.verifying.verifies(PROBE, key.sign(PROBE))) {
                throw new IllegalStateException("The public key does not follow from the seed with this Java runtime");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key in X.509 encoding, as base64. */
    public String publicKey() {
        return verifying.base64();
    }

    /** Hex SHA-256 of the X.509 encoding of the public key. */
    public String fingerprint() {
        return verifying.fingerprint();
    }

    /** The signature of {@code content}, as base64; the same content has the same signature. */
    public String sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(signing);
            signature.update(content);
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "EvidenceKey " + fingerprint();
    }

    /** Gives the seed where a generator asks for chance: the JDK offers no other way from a seed to its public key. */
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        private Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("A generator asked for " + bytes.length + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
