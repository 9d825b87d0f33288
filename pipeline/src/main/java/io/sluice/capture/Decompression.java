package io.sluice.capture;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** Opens a capture as UTF-8 text, whatever it is packed in: gzip, zstd, zlib, or UTF-16 behind a byte order mark. */
final class Decompression {
    private static final int MAGIC_BYTES = 4;
    private static final int BUFFER = 1 << 16;

    /** The first bytes decide, not the name: a plain file may well be called {@code .gz}. */
    static InputStream open(InputStream raw) throws IOException {
        PushbackInputStream in = new PushbackInputStream(new BufferedInputStream(raw, BUFFER), MAGIC_BYTES);
        byte[] magic = new byte[MAGIC_BYTES];
        int length = in.readNBytes(magic, 0, MAGIC_BYTES);
        in.unread(magic, 0, length);
        int first = ((magic[0] & 0xFF) << 8) | (magic[1] & 0xFF);
        if (first == 0x1F8B) {
            return new GZIPInputStream(in, BUFFER);
        }
        if (first == 0x28B5 && magic[2] == 0x2F && magic[3] == (byte) 0xFD) {
            ZstdInputStream zstd = new ZstdInputStream(in);
            zstd.setContinuous(false);
            return zstd;
        }
        boolean deflate = (magic[0] & 0x0F) == 8 && (magic[0] & 0xF0) <= 0x70 && first % 31 == 0;
        if (length >= 2 && deflate) {
            return new InflaterInputStream(in);
        }
        if (first == 0xFEFF || first == 0xFFFE) {
            in.skipNBytes(2);
            return new Transcoded(in, first == 0xFEFF ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE);
        }
        return in;
    }

    /** Text of another encoding as UTF-8. */
    private static final class Transcoded extends InputStream {
        private final Reader text;
        private final char[] chars = new char[BUFFER / 4];
        private byte[] bytes = new byte[0];
        private int at;

        Transcoded(InputStream in, Charset charset) {
            text = new InputStreamReader(in, charset);
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes[at++] & 0xFF : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (!fill()) {
                return -1;
            }
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count;
        }

        private boolean fill() throws IOException {
            if (at < bytes.length) {
                return true;
            }
            int count = text.read(chars, 0, chars.length - 1);
            if (count < 0) {
                return false;
            }
            // A pair of surrogates must not be torn apart between two fills.
            if (Character.isHighSurrogate(chars[count - 1])) {
                int low = text.read();
                if (low >= 0) {
                    chars[count++] = (char) low;
                }
            }
            bytes = new String(chars, 0, count).getBytes(StandardCharsets.UTF_8);
            at = 0;
            return true;
        }
    }

    private Decompression() {}
}
