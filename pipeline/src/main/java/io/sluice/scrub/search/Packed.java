package io.sluice.scrub.search;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/** Compressed bytes as they begin: gzip (RFC 1952), zlib (RFC 1950), zstd (RFC 8878), or, for want of a sign, tried. */
enum Packed {
    GZIP,
    DEFLATE,
    ZSTD,
    BROTLI,
    /** What some servers send where they say {@code deflate}. */
    RAW_DEFLATE,
    NONE;

    private static final int SAMPLE = 512;
    private static final byte DEFLATED = 8;
    private static final int PRESET_DICTIONARY = 0x20;

    /** What {@code bytes[from, to)} is packed in, by its first bytes. */
    static Packed of(byte[] bytes, int from, int to) {
        if (to - from < 8) {
            return NONE;
        }
        int first = (bytes[from] & 0xff) << 8 | (bytes[from + 1] & 0xff);
        if (first == 0x1f8b && bytes[from + 2] == DEFLATED) {
            return GZIP;
        }
        if (first == 0x28b5 && bytes[from + 2] == 0x2f && bytes[from + 3] == (byte) 0xfd) {
            return ZSTD;
        }
        boolean zlib = (bytes[from] & 0x8f) == 8 && first % 31 == 0 && (first & PRESET_DICTIONARY) == 0;
        return zlib ? DEFLATE : NONE;
    }

    /** Whether {@code bytes[from, to)} could be packed in a way that leaves no sign: they are no text. */
    static boolean mayBeUnsigned(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + SAMPLE);
        for (int i = from; i < end; i++) {
            if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
                return true;
            }
        }
        return false;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A stream of what {@code in} unpacks to. */
    InputStream open(InputStream in) throws IOException {
        return switch (this) {
            case GZIP -> new GZIPInputStream(new NeverAtItsEnd(in));
            case DEFLATE -> new InflaterInputStream(in);
            case ZSTD -> new ZstdInputStream(in);
            case RAW_DEFLATE -> new InflaterInputStream(in, new Inflater(true));
            case BROTLI -> new BrotliInputStream(in);
            case NONE -> in;
        };
    }

    /** What {@code bytes[from, to)} unpacks to, as far as it can be unpacked; null if that is nothing at all. */
    byte @Nullable [] unpack(byte[] bytes, int from, int to, int limit) throws TooLargeException {
        try (InputStream in = open(new ByteArrayInputStream(bytes, from, to - from))) {
            return drained(in, limit);
        } catch (IOException | IllegalStateException notPacked) { // brotli's state machine throws the latter
            return null;
        }
    }

    /** A member of a gzip file counts as the last one if no more bytes are at hand, which need not mean that none come. */
    private static final class NeverAtItsEnd extends FilterInputStream {
        NeverAtItsEnd(InputStream in) {
            super(in);
        }

        @Override
        public int available() {
            return 1;
        }
    }

    /** More unpacked bytes than are looked at. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static byte @Nullable [] drained(InputStream in, int limit) throws TooLargeException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                if (out.size() > limit) {
                    throw new TooLargeException();
                }
            }
        } catch (IOException | IllegalStateException brokenOff) {
            return out.size() == 0 ? null : out.toByteArray();
        }
        return out.toByteArray();
    }
}
