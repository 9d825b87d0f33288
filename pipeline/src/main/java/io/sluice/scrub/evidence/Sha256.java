package io.sluice.scrub.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash that evidence is built on. */
final class Sha256 {
    private Sha256() {}

    /** The 32 bytes for all {@code parts}, one after the other. */
    static byte[] of(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same in 64 lower-case hex digits. */
    static String hex(byte[]... parts) {
        return HexFormat.of().formatHex(of(parts));
    }
}
