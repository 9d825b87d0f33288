package io.sluice.scrub.search;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Unpacks DEFLATE (RFC 1951) without making anything anew for each of many tries, most of which fail. */
final class Inflation {
    private final Inflater inflater;
    private final byte[] buffer = new byte[8192];

    /** For bytes in a zlib wrapping (RFC 1950), or {@code raw}. */
    Inflation(boolean raw) {
        inflater = new Inflater(raw);
    }

    /** What {@code bytes[from, to)} unpacks to, as far as it can be unpacked; null if that is nothing at all. */
    byte @Nullable [] of(byte[] bytes, int from, int to, int limit) throws Packed.TooLargeException {
        inflater.reset();
        inflater.setInput(bytes, from, to - from);
        int read = next();
        if (read == 0) {
            return null;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (read > 0) {
            out.write(buffer, 0, read);
            if (out.size() > limit) {
                throw new Packed.TooLargeException();
            }
            read = next();
        }
        return out.toByteArray();
    }

    private int next() {
        try {
            return inflater.inflate(buffer);
        } catch (DataFormatException brokenOff) {
            return 0;
        }
    }
}
