package io.sluice.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The headers and body of a request or response while a reader collects them. */
final class MessageDraft {
    private List<Header> headers = new ArrayList<>();
    private byte @Nullable [] body;
    private boolean base64;

    final Packing packing = new Packing();

    @Nullable
    String mediaTypeHint;

    /** Adds a field; a value with line breaks stands for several fields, since a sent value has none. */
    void header(String name, String value) {
        if (value.indexOf('\n') < 0) {
            headers.add(new Header(name, value));
            return;
        }
        value.lines().forEach(line -> headers.add(new Header(name, line)));
    }

    void headers(List<Header> replacement) {
        headers = new ArrayList<>(replacement);
    }

    List<Header> headers() {
        return headers;
    }

    @Nullable
    String header(String name) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(name)) {
                return header.value();
            }
        }
        return null;
    }

    void body(byte @Nullable [] bytes) {
        body = bytes;
    }

    boolean hasBody() {
        return body != null && body.length > 0;
    }

    void bodyIsBase64(boolean encoded) {
        base64 = encoded;
    }

    /** The body as it was sent, null where there is none; text that only claims to be base64 is kept and flagged. */
    @Nullable
    Body body(Set<String> flags) {
        byte[] bytes = body;
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        if (!base64) {
            return new Body(bytes);
        }
        byte[] decoded = decode(bytes);
        if (decoded == null) {
            flags.add("body_undecodable");
            return new Body(bytes);
        }
        return decoded.length == 0 ? null : new Body(decoded);
    }

    /** Whether the headers say that the body was packed to be sent. */
    boolean claimsPacking() {
        String coding = header("content-encoding");
        return hasBody()
                && coding != null
                && !coding.isBlank()
                && !coding.strip().equalsIgnoreCase("identity");
    }

    /** Whether the recorder had unpacked the body: what stands in a capture as text was, since packed bytes are none. */
    boolean isUnpacked() {
        byte[] bytes = body;
        if (bytes == null || !base64) {
            return bytes == null || !Packing.startsPacked(bytes);
        }
        byte[] decoded = decode(bytes);
        return decoded != null && packing.isUnpacked(decoded);
    }

    /** Lower-case media type without parameters, from the headers or else from what the capture noted. */
    @Nullable
    String mediaType() {
        String written = header("content-type");
        if (written == null || written.isBlank()) {
            written = mediaTypeHint;
        }
        if (written == null) {
            return null;
        }
        int semicolon = written.indexOf(';');
        String type = (semicolon < 0 ? written : written.substring(0, semicolon)).strip();
        return type.isEmpty() || type.equals("x-unknown") ? null : type.toLowerCase(Locale.ROOT);
    }

    /** Standard or URL-safe alphabet, with or without padding and line breaks; null where it is neither. */
    static byte @Nullable [] decode(byte[] text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notPlain) {
            String compact = new String(text, StandardCharsets.ISO_8859_1)
                    .replaceAll("\\s", "")
                    .replace('-', '+')
                    .replace('_', '/');
            try {
                return Base64.getDecoder().decode(compact);
            } catch (IllegalArgumentException notBase64) {
                return null;
            }
        }
    }
}
