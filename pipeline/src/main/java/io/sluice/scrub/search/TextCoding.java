package io.sluice.scrub.search;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** An encoding of bytes as text that can be undone and done again, so that what was not changed is written as it was. */
record TextCoding(Function<String, byte[]> decoding, Function<byte[], String> encoding) {
    private static final byte[] NOTHING = {};

    /** Those in which bytes can be written in one way only. */
    static final List<TextCoding> UNIQUE = List.of(
            new TextCoding(HexFormat.of()::parseHex, HexFormat.of()::formatHex),
            new TextCoding(HexFormat.of()::parseHex, HexFormat.of().withUpperCase()::formatHex),
            base64(Base64.getDecoder(), Base64.getEncoder()),
            base64(Base64.getDecoder(), Base64.getEncoder().withoutPadding()),
            base64(Base64.getUrlDecoder(), Base64.getUrlEncoder()),
            base64(Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding()));

    static final TextCoding PERCENT = new TextCoding(TextCoding::unescaped, TextCoding::escaped);

    /** All there are. */
    static final List<TextCoding> ALL =
            Stream.concat(Stream.of(PERCENT), UNIQUE.stream()).toList();

    private static TextCoding base64(Base64.Decoder decoder, Base64.Encoder encoder) {
        return new TextCoding(decoder::decode, encoder::encodeToString);
    }

    /** What {@code text}, letters of ASCII, is decoded; nothing where it is not written in this encoding. */
    byte[] decoded(byte[] text) {
        String written = new String(text, StandardCharsets.ISO_8859_1);
        try {
            byte[] decoded = decoding.apply(written);
            return this.equals(PERCENT) || encoding.apply(decoded).equals(written) ? decoded : NOTHING;
        } catch (IllegalArgumentException notWrittenSo) {
            return NOTHING;
        }
    }

    byte[] encoded(byte[] bytes) {
        return encoding.apply(bytes).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] unescaped(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] decoded = Unescaping.percent(bytes, 0, bytes.length);
        return Arrays.equals(decoded, bytes) ? NOTHING : decoded;
    }

    /** RFC 3986, section 2.1; which of the letters were escaped is not kept. */
    private static String escaped(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte symbol : bytes) {
            boolean isPlain = Ascii.isLetterOrDigit(symbol) || "-._~*".indexOf(symbol) >= 0;
            text.append(isPlain ? Character.toString(symbol) : "%%%02X".formatted(symbol & 0xff));
        }
        return text.toString();
    }
}
