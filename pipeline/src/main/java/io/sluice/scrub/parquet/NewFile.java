package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.List;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/** A file of the same length as the old one, as stretches of the old one between new bytes. */
public final class NewFile {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final long NO_BLOCKS = 0;

    private final InputFile old;
    private final List<Piece> pieces;
    private final Counts counts;

    NewFile(InputFile old, List<Piece> pieces, Counts counts) {
        this.old = old;
        this.pieces = pieces;
        this.counts = counts;
    }

    /** What was changed, and how many zero bytes stand before the footer to make up the length. */
    public record Counts(int chunks, int pages, long padding) {}

    public Counts counts() {
        return counts;
    }

    /** Bytes of the new file that do not come from the old one. */
    public long bytesNew() {
        return pieces.stream()
                .filter(Piece.Fresh.class::isInstance)
                .mapToLong(Piece::length)
                .sum();
    }

    /** Writes the file; {@code to} must be another file than the old one, which is read meanwhile. */
    public void writeTo(OutputFile to) throws IOException {
        try (SeekableInputStream in = old.newStream();
                PositionOutputStream out = to.create(NO_BLOCKS)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (Piece piece : pieces) {
                if (piece instanceof Piece.Fresh fresh) {
                    out.write(fresh.bytes());
                } else if (piece instanceof Piece.Copied copied) {
                    copy(in, out, copied, buffer);
                }
            }
        }
    }

    private static void copy(SeekableInputStream in, PositionOutputStream out, Piece.Copied copied, byte[] buffer)
            throws IOException {
        if (in.getPos() != copied.offset()) {
            in.seek(copied.offset());
        }
        long left = copied.length();
        while (left > 0) {
            int count = (int) Math.min(buffer.length, left);
            in.readFully(buffer, 0, count);
            out.write(buffer, 0, count);
            left -= count;
        }
    }
}
