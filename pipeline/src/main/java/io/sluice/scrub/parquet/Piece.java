package io.sluice.scrub.parquet;

import java.util.List;

/** A stretch of the new file. */
sealed interface Piece {
    long length();

    /** As it lies in the old file, from {@code offset}. */
    record Copied(long offset, long length) implements Piece {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Fresh(byte[] bytes) implements Piece {
        @Override
        public long length() {
            return bytes.length;
        }
    }

    static long length(List<Piece> pieces) {
        return pieces.stream().mapToLong(Piece::length).sum();
    }
}
