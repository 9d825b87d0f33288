package io.sluice.tests.scrub;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** A way in which a value may stand in the body of a message, written with nothing of the product's code. */
public enum Encoding {
    PLAIN,
    UPPER_CASE,
    /** Of a mail address. */
    PLUS_TAG,
    /** Of a phone number. */
    DIGITS_ONLY,
    DECOMPOSED,
    PERCENT,
    PERCENT_OF_ALL,
    JSON_ESCAPES,
    CHARACTER_REFERENCES,
    BASE64_FIRST,
    BASE64_SECOND,
    BASE64_THIRD,
    BASE64_URL,
    JWT_CLAIM,
    HEX,
    MD5,
    SHA_1,
    SHA_256,
    GZIP,
    DEFLATE,
    BROTLI,
    ZSTD;

    /** Digests can be made of a value that is known, not of what a pattern describes. */
    public boolean isDigest() {
        return this == MD5 || this == SHA_1 || this == SHA_256;
    }

    /** The name that {@code Content-Encoding} has for it, empty if none. */
    public String contentEncoding() {
        return switch (this) {
            case GZIP -> "gzip";
            case DEFLATE -> "deflate";
            case BROTLI -> "br";
            case ZSTD -> "zstd";
            default -> "";
        };
    }

    /** A body of JSON with {@code value} in its field {@code note}. */
    public byte[] body(String value) {
        String plain = "{\"note\":\"" + (contentEncoding().isEmpty() ? text(value) : value) + "\"}";
        byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
        return packed(bytes);
    }

    /** Whether {@code json} keeps its fields in it. */
    public boolean canHoldJson() {
        return switch (this) {
            case UPPER_CASE, PLUS_TAG, DIGITS_ONLY, DECOMPOSED, JWT_CLAIM, MD5, SHA_1, SHA_256 -> false;
            default -> true;
        };
    }

    /** A body that is {@code json}, or has it as a text in its field {@code note}. */
    public byte[] json(String json) {
        return this == PLAIN || !contentEncoding().isEmpty()
                ? packed(json.getBytes(StandardCharsets.UTF_8))
                : body(json);
    }

    /** {@code bytes}, compressed if this compresses. */
    private byte[] packed(byte[] bytes) {
        return switch (this) {
            case GZIP -> through(bytes, Encoding::gzip);
            case DEFLATE -> through(bytes, out -> new DeflaterOutputStream(out, new Deflater()));
            case BROTLI -> stored(bytes);
            case ZSTD -> Zstd.compress(bytes);
            default -> bytes;
        };
    }

    /** The texts by which one knows, without case, that {@code value} stands somewhere in this way. */
    List<String> traces(String value) {
        if (!contentEncoding().isEmpty()) {
            return List.of(); // unpacked, it is there as it is
        }
        if (name().startsWith("BASE64")) {
            int bytes = value.getBytes(StandardCharsets.UTF_8).length + before().length();
            return List.of(
                    text(value).substring(before().isEmpty() ? 0 : 4, bytes * 8 / 6)); // what follows changes the rest
        }
        if (this == JWT_CLAIM || (this == DIGITS_ONLY && !value.matches("[+0-9 ]+"))) {
            return List.of(); // its claims are base64 at one of the alignments
        }
        return switch (this) {
            case JSON_ESCAPES -> List.of(text(value), value.replace("@", "\\u0040"));
            case CHARACTER_REFERENCES -> List.of(text(value), value.replace("@", "&#64;"));
            default -> List.of(text(value));
        };
    }

    private String text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return switch (this) {
            case PLUS_TAG -> value.replace("@", "+news@");
            case DIGITS_ONLY -> value.replaceAll("[^0-9]", "");
            case UPPER_CASE -> value.toUpperCase(Locale.ROOT);
            case DECOMPOSED -> Normalizer.normalize(value, Normalizer.Form.NFD);
            case PERCENT -> URLEncoder.encode(value, StandardCharsets.UTF_8);
            case PERCENT_OF_ALL -> hex(bytes).replaceAll("..", "%$0");
            case JSON_ESCAPES -> value.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
            case CHARACTER_REFERENCES ->
                value.chars().mapToObj("&#%d;"::formatted).collect(Collectors.joining());
            case BASE64_FIRST, BASE64_SECOND, BASE64_THIRD -> base64(before() + value);
            case BASE64_URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            case JWT_CLAIM ->
                Stream.of("{\"alg\":\"HS256\"}", "{\"note\":\"" + value + "\"}", "signature of some length")
                        .map(part -> Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                        .collect(Collectors.joining("."));
            case HEX -> hex(bytes);
            case MD5 -> digest("MD5", bytes);
            case SHA_1 -> digest("SHA-1", bytes);
            case SHA_256 -> digest("SHA-256", bytes);
            default -> value;
        };
    }

    /** What stands ahead of the value, so that it begins elsewhere in a group of three bytes. */
    private String before() {
        return this == BASE64_SECOND ? " " : this == BASE64_THIRD ? "  " : "";
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return hex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Opens one kind of compression. */
    private interface Packer {
        OutputStream open(OutputStream plain) throws IOException;
    }

    private static OutputStream gzip(OutputStream out) throws IOException {
        return new GZIPOutputStream(out);
    }

    private static byte[] through(byte[] bytes, Packer packer) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = packer.open(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Brotli that stores what it is given, up to 64 KiB, as one block without compression (RFC 7932, section 9). */
    private static byte[] stored(byte[] bytes) {
        int length = bytes.length - 1;
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(0x0b | ((length & 1) << 7));
        packed.write(length >> 1);
        packed.write(0x80 | (length >> 9));
        packed.writeBytes(bytes);
        packed.write(3);
        return packed.toByteArray();
    }
}
