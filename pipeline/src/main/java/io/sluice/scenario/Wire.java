package io.sluice.scenario;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Sends requests to one live system, each as it is given: no redirects followed, no cookies added. */
final class Wire {
    /** One request: {@code target} is path and query as they go over the wire. */
    record Message(String method, String target, List<Map.Entry<String, String>> headers, BodyPublisher body) {}

    /** Set by the client itself, or true of one connection only (RFC 9110, section 7.6.1). */
    private static final Set<String> NOT_SENT = Set.of(
            "connection",
            "content-length",
            "date",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final String IN_A_TARGET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?@!$&'()*+,;=";

    private final HttpClient client;
    private final String base;
    private final Duration patience;

    Wire(URI base, Duration patience) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
        this.base = base.toString().replaceFirst("/+$", "");
        this.patience = patience;
    }

    /** The response; empty where none came in time, or the request breaks the rules of HTTP. */
    Optional<HttpResponse<byte[]>> send(Message message) throws InterruptedException {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + legal(message.target())))
                    .timeout(patience)
                    .method(message.method(), message.body());
            for (Map.Entry<String, String> header : message.headers()) {
                if (isSent(header.getKey())) {
                    request.header(header.getKey(), header.getValue());
                }
            }
            return Optional.of(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The body of {@code response} as text, unpacked where it came as gzip; empty where that fails. */
    static String text(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        boolean packed = response.headers()
                .firstValue("Content-Encoding")
                .orElse("")
                .toLowerCase(Locale.ROOT)
                .contains("gzip");
        if (!packed) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isSent(String header) {
        return !header.startsWith(":") && !NOT_SENT.contains(header.toLowerCase(Locale.ROOT));
    }

    /** Escapes what captured targets hold, but a URI may not: {@code /a|b} -> {@code /a%7Cb}. */
    private static String legal(String target) {
        byte[] octets = target.getBytes(StandardCharsets.UTF_8);
        StringBuilder legal = new StringBuilder(octets.length);
        for (int i = 0; i < octets.length; i++) {
            char character = (char) (octets[i] & 0xFF);
            if (IN_A_TARGET.indexOf(character) >= 0 || (character == '%' && isHex(octets, i + 1, i + 2))) {
                legal.append(character);
            } else {
                legal.append("%%%02X".formatted((int) character));
            }
        }
        return legal.toString();
    }

    private static boolean isHex(byte[] octets, int... places) {
        for (int place : places) {
            if (place >= octets.length || Character.digit(octets[place], 16) < 0) {
                return false;
            }
        }
        return true;
    }
}
