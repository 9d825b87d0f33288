package io.sluice.redaction;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one derived key, fed piece by piece; one instance serves one thread. */
final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";

    private final Mac mac;
    private final byte[] number = new byte[Long.BYTES];
    private final ByteBuffer numbers = ByteBuffer.wrap(number);

    KeyedHash(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    KeyedHash put(byte[] bytes, int from, int to) {
        mac.update(bytes, from, to - from);
        return this;
    }

    KeyedHash put(long value) {
        numbers.putLong(0, value);
        mac.update(number);
        return this;
    }

    /** The 32 bytes for all that was put since the last end. */
    byte[] end() {
        return mac.doFinal();
    }
}
