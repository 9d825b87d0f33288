package io.sluice.redaction;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** A body freed of its content coding (RFC 9110, section 8.4), with flags for what was odd about it. */
final class Unpacked {
    private final byte[] body;
    private final List<String> flags;

    Unpacked(byte[] body, List<String> flags) {
        this.body = body;
        this.flags = flags;
    }

    byte[] body() {
        return body;
    }

    List<String> flags() {
        return flags;
    }

    static final String DECODED = "body_decoded";
    static final String UNDECODABLE = "body_undecodable";
    static final String TRUNCATED = "body_truncated";

    private static final Set<String> CODINGS = Set.of("gzip", "x-gzip", "deflate", "br", "zstd");

    private interface Decoder {
        InputStream open(InputStream packed) throws IOException;
    }

    /**
     * Unpacks {@code body} by the value of its Content-Encoding header, to at most {@code limit} bytes. What cannot be
     * unpacked stays as it is; what breaks off or exceeds the limit is kept up to there. Text that claims to be packed
     * was unpacked by whoever recorded it, since packed bytes are no text.
     */
    static Unpacked of(byte[] body, String contentEncoding, int limit) {
        String[] codings = contentEncoding.toLowerCase(Locale.ROOT).split(",", -1);
        byte[] current = body;
        List<String> flags = new ArrayList<>();
        for (int i = codings.length - 1; i >= 0; i--) {
            String coding = codings[i].strip();
            if (coding.isEmpty() || coding.equals("identity") || current.length == 0) {
                continue;
            }
            if (CODINGS.contains(coding) && isText(current)) {
                add(flags, DECODED);
                break;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(Math.min(limit, current.length * 4));
            String flag = unpack(current, coding, limit, out);
            if (!flag.equals(UNDECODABLE)) {
                current = out.toByteArray();
                add(flags, DECODED);
            }
            if (!flag.equals(DECODED)) {
                add(flags, flag);
                break;
            }
        }
        return new Unpacked(current, flags);
    }

    private static boolean isText(byte[] body) {
        if (!BodyScan.hasNoControls(body, 0, body.length)) {
            return false;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }

    private static String unpack(byte[] packed, String coding, int limit, ByteArrayOutputStream out) {
        try (InputStream in = decoder(packed, coding).open(new ByteArrayInputStream(packed))) {
            byte[] buffer = new byte[8192];
            int read = in.read(buffer);
            while (read >= 0) {
                int room = limit - out.size();
                out.write(buffer, 0, Math.min(read, room));
                if (read > room) {
                    return TRUNCATED;
                }
                read = in.read(buffer);
            }
            return DECODED;
        } catch (IOException | IllegalStateException broken) {
            return out.size() > 0 && !BodyScan.hasNoControls(packed, 0, packed.length) ? TRUNCATED : UNDECODABLE;
        }
    }

    private static Decoder decoder(byte[] packed, String coding) throws IOException {
        return switch (coding) {
            case "gzip", "x-gzip" -> GZIPInputStream::new;
            case "deflate" ->
                isZlib(packed) ? InflaterInputStream::new : in -> new InflaterInputStream(in, new Inflater(true));
            case "br" -> BrotliInputStream::new;
            case "zstd" -> ZstdInputStream::new;
            default -> throw new IOException("unknown content coding");
        };
    }

    private static boolean isZlib(byte[] packed) {
        return packed.length > 2
                && (packed[0] & 0x0f) == 8
                && (((packed[0] & 0xff) << 8) | (packed[1] & 0xff)) % 31 == 0;
    }

    private static void add(List<String> flags, String flag) {
        if (!flags.contains(flag)) {
            flags.add(flag);
        }
    }
}
