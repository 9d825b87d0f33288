package io.sluice.scrub.search;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What compressed bytes unpack to, as far as they can be unpacked: it ends where they are damaged. */
final class UnpackedStream extends FilterInputStream {
    private boolean isBroken;

    UnpackedStream(Packed packed, InputStream in) throws IOException {
        super(packed.open(in));
    }

    /** Whether it ended before its end. */
    boolean isBroken() {
        return isBroken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            return isBroken ? -1 : super.read(target, offset, length);
        } catch (IOException | IllegalStateException broken) { // brotli's state machine throws the latter
            isBroken = true;
            return -1;
        }
    }
}
