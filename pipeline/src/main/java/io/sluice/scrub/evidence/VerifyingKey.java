package io.sluice.scrub.evidence;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The public half of an evidence key: an Ed25519 key in X.509 encoding, written in base64. */
record VerifyingKey(String base64) {
    static VerifyingKey of(PublicKey key) {
        return new VerifyingKey(Base64.getEncoder().encodeToString(key.getEncoded()));
    }

    /** Hex SHA-256 of the X.509 encoding: short enough to be compared by people over another channel. */
    String fingerprint() {
        return Sha256.hex(Base64.getDecoder().decode(base64));
    }

    /** Whether the owner of this key signed {@code content}; no key and no signature is an answer too: no. */
    boolean verifies(byte[] content, String signature) {
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            byte[] signed = Base64.getDecoder().decode(signature);
            // the decoder overlooks the unused bits of the last character, so that four spellings mean one signature
            if (!Base64.getEncoder().encodeToString(signed).equals(signature)) {
                return false;
            }
            Signature check = Signature.getInstance(EvidenceKey.ALGORITHM);
            check.initVerify(
                    KeyFactory.getInstance(EvidenceKey.ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
            check.update(content);
            return check.verify(signed);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
