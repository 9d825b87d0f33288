package io.sluice.jobs.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Builds one entry of a HAR 1.2 file from what passed through the recorder. */
final class HarEntry {
    private static final double NANOS_PER_MILLI = 1e6;

    private final ObjectNode entry = Call.JSON.createObjectNode();

    HarEntry(Instant startedAt) {
        entry.put("startedDateTime", startedAt.toString());
    }

    HarEntry request(String method, URI url, Map<String, List<String>> headers, byte[] body) {
        ObjectNode request = entry.putObject("request");
        request.put("method", method).put("url", url.toString()).put("httpVersion", "HTTP/1.1");
        request.set("headers", pairs(headers));
        ArrayNode query = request.putArray("queryString");
        for (Map.Entry<String, String> field : Form.pairs(url.getRawQuery())) {
            query.addObject().put("name", field.getKey()).put("value", field.getValue());
        }
        request.putArray("cookies");
        request.put("headersSize", -1).put("bodySize", body.length);
        if (body.length > 0) {
            request.putObject("postData")
                    .put("mimeType", first(headers, "Content-Type"))
                    .put("text", new String(body, StandardCharsets.UTF_8));
        }
        return this;
    }

    HarEntry response(int status, Map<String, List<String>> headers, byte[] body) throws IOException {
        ObjectNode response = entry.putObject("response");
        response.put("status", status).put("statusText", "").put("httpVersion", "HTTP/1.1");
        response.set("headers", pairs(headers));
        response.putArray("cookies");
        byte[] plain = first(headers, "Content-Encoding").equals("gzip") ? unpacked(body) : body;
        ObjectNode content = response.putObject("content");
        content.put("size", plain.length).put("mimeType", first(headers, "Content-Type"));
        text(content, plain);
        response.put("redirectURL", first(headers, "Location"));
        response.put("headersSize", -1).put("bodySize", body.length);
        return this;
    }

    /** How long it took to read the request, to wait for the first byte, and to receive the rest. */
    HarEntry timings(Duration send, Duration waited, Duration receive) {
        entry.put("time", millis(send.plus(waited).plus(receive)));
        entry.putObject("cache");
        entry.putObject("timings")
                .put("blocked", -1)
                .put("dns", -1)
                .put("connect", -1)
                .put("ssl", -1)
                .put("send", millis(send))
                .put("wait", millis(waited))
                .put("receive", millis(receive));
        return this;
    }

    ObjectNode seenFrom(Recorder.Viewpoint viewpoint, String clientAddress, String connection) {
        return entry.put("connection", connection)
                .put("_direction", viewpoint.direction())
                .put("_service", viewpoint.service())
                .put("_clientAddress", clientAddress);
    }

    private static ArrayNode pairs(Map<String, List<String>> headers) {
        ArrayNode pairs = Call.JSON.createArrayNode();
        headers.forEach((name, values) -> {
            for (String value : values) {
                pairs.addObject().put("name", name).put("value", value);
            }
        });
        return pairs;
    }

    private static String first(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(header -> header.getValue().get(0))
                .findFirst()
                .orElse("");
    }

    private static void text(ObjectNode content, byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            content.put("text", text);
        } catch (CharacterCodingException e) {
            content.put("text", Base64.getEncoder().encodeToString(body)).put("encoding", "base64");
        }
    }

    private static byte[] unpacked(byte[] body) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return in.readAllBytes();
        }
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / NANOS_PER_MILLI;
    }
}
