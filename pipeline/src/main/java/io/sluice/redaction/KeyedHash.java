package io.sluice.redaction;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 under one derived key, fed piece by piece; one instance serves one thread. */
final class KeyedHash {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int GATHERED_BYTES = 8192;

    private final Mac mac;
    private final ByteBuffer gathered = ByteBuffer.allocate(GATHERED_BYTES);

    KeyedHash(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    KeyedHash put(byte[] bytes, int from, int to) {
        if (to - from > gathered.remaining()) {
            flush();
        }
        if (to - from > gathered.capacity()) {
            mac.update(bytes, from, to - from);
        } else {
            gathered.put(bytes, from, to - from);
        }
        return this;
    }

    KeyedHash put(long value) {
        if (gathered.remaining() < Long.BYTES) {
            flush();
        }
        gathered.putLong(value);
        return this;
    }

    /** The 32 bytes for all that was put since the last end. */
    byte[] end() {
        flush();
        return mac.doFinal();
    }

    /** Many small updates cost more than the hash itself. */
    private void flush() {
        mac.update(gathered.array(), 0, gathered.position());
        gathered.clear();
    }
}
