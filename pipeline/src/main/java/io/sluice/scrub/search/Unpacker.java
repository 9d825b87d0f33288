package io.sluice.scrub.search;

import org.jspecify.annotations.Nullable;

/** Unpacks pieces of bytes, as far as they can be. One instance serves one thread. */
final class Unpacker {
    private static final int MOST_BYTES = 64 << 20;

    private final Inflation zlib;
    private final Inflation rawDeflate;

    /** Fewer bytes than {@code fewest} would be of no use. */
    Unpacker(int fewest) {
        zlib = new Inflation(false, fewest);
        rawDeflate = new Inflation(true, fewest);
    }

    /** What {@code bytes[from, to)} unpacks to; null if that is nothing at all. */
    byte @Nullable [] unpack(Packed packed, byte[] bytes, int from, int to) throws Packed.TooLargeException {
        return switch (packed) {
            case DEFLATE -> zlib.of(bytes, from, to, MOST_BYTES);
            case RAW_DEFLATE -> rawDeflate.of(bytes, from, to, MOST_BYTES);
            default -> packed.unpack(bytes, from, to, MOST_BYTES);
        };
    }
}
