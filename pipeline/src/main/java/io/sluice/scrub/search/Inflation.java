package io.sluice.scrub.search;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Unpacks DEFLATE (RFC 1951) without making anything anew for each of many tries, most of which fail. */
final class Inflation {
    private static final int ZLIB_HEADER = 2;

    private final Inflater inflater;
    private final int header;
    private final int fewest;
    private final byte[] buffer = new byte[8192];

    /** For bytes in a zlib wrapping (RFC 1950), or {@code raw}, where fewer than {@code fewest} would be of no use. */
    Inflation(boolean raw, int fewest) {
        this.inflater = new Inflater(raw);
        this.header = raw ? 0 : ZLIB_HEADER;
        this.fewest = fewest;
    }

    /** What {@code bytes[from, to)} unpacks to, as far as it can be unpacked; null if that is nothing at all. */
    byte @Nullable [] of(byte[] bytes, int from, int to, int limit) throws Packed.TooLargeException {
        if (!DeflateStart.mayYield(fewest, bytes, from + header, to)) {
            return null;
        }
        inflater.reset();
        inflater.setInput(bytes, from, to - from);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int read = next(); read > 0; read = next()) {
            out.write(buffer, 0, read);
            if (out.size() > limit) {
                throw new Packed.TooLargeException();
            }
        }
        return out.size() == 0 ? null : out.toByteArray();
    }

    private int next() {
        long before = inflater.getBytesWritten();
        try {
            return inflater.inflate(buffer);
        } catch (DataFormatException brokenOff) {
            return (int) (inflater.getBytesWritten() - before);
        }
    }
}
