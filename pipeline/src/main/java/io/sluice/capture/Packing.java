package io.sluice.capture;

/** What a capture notes about how many bytes of a body were sent, which tells whether it holds the body unpacked. */
final class Packing {
    private static final byte GZIP = 0x1f;
    private static final byte[] ZSTD = {0x28, (byte) 0xb5};

    /** Bytes of the body, as the recorder counts them: unpacked by the standard, as sent by some. */
    long size;

    /** Bytes that packing saved, negative where it made the body longer; 0 where that is not noted. */
    long saved;

    /** Bytes of the body that were sent; 0 or less where that is not noted. */
    long sent;

    /** Whether bytes that did not stand there as text are of the length that the body has unpacked, and not packed. */
    boolean isUnpacked(byte[] body) {
        if (startsPacked(body)) {
            return false;
        }
        if (saved != 0) {
            return body.length == (size == sent ? size + saved : size);
        }
        return sent > 0 && sent != size && body.length == size;
    }

    /** Whether {@code body} begins as gzip or zstd does. */
    static boolean startsPacked(byte[] body) {
        return body.length > 0 && (body[0] == GZIP || (body.length > 1 && body[0] == ZSTD[0] && body[1] == ZSTD[1]));
    }
}
