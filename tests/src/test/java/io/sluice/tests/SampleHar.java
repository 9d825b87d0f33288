package io.sluice.tests;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A recording of a library: each reader logs in, looks a book up, borrows it and looks at the loan. */
public final class SampleHar {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final Duration BETWEEN_READERS = Duration.ofSeconds(7);
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(1_300);

    private final ObjectNode document = JSON.createObjectNode();
    private final ArrayNode entries =
            document.putObject("log").put("version", "1.2").putArray("entries");

    private SampleHar() {}

    /** Writes the visits of readers {@code first} to {@code first + readers - 1}; the same numbers give the same file. */
    public static Path write(Path file, int first, int readers) throws IOException {
        SampleHar har = new SampleHar();
        har.document.withObject("/log/creator").put("name", "sample").put("version", "1");
        for (int reader = first; reader < first + readers; reader++) {
            har.visit(reader);
        }
        return Files.writeString(file, JSON.writeValueAsString(har.document));
    }

    private void visit(int reader) {
        String token = name("token", reader).replace("-", "");
        String loan = name("loan", reader);
        int book = 100 + reader % 23;
        Instant at = START.plus(BETWEEN_READERS.multipliedBy(reader));
        exchange(
                at,
                "POST /login",
                "",
                "{\"email\":\"reader" + reader + "@example.org\",\"password\":\"pw-" + token + "\"}",
                "{\"token\":\"" + token + "\"}");
        at = at.plus(BETWEEN_STEPS);
        exchange(at, "GET /books?q=sea", token, "", "{\"books\":[{\"id\":" + book + "},{\"id\":" + (book + 1) + "}]}");
        at = at.plus(BETWEEN_STEPS);
        exchange(at, "GET /books/" + book, token, "", "{\"id\":" + book + ",\"title\":\"The Sea\"}");
        at = at.plus(BETWEEN_STEPS);
        exchange(at, "POST /loans", token, "{\"book\":" + book + "}", "{\"loan\":\"" + loan + "\"}");
        at = at.plus(BETWEEN_STEPS);
        exchange(at, "GET /loans/" + loan, token, "", "{\"loan\":\"" + loan + "\",\"state\":\"out\"}");
    }

    private void exchange(Instant at, String call, String token, String sent, String answered) {
        ObjectNode entry =
                entries.addObject().put("startedDateTime", at.toString()).put("time", 12);
        ObjectNode request = entry.putObject("request")
                .put("method", call.substring(0, call.indexOf(' ')))
                .put("url", "http://library.example" + call.substring(call.indexOf(' ') + 1))
                .put("httpVersion", "HTTP/1.1");
        ArrayNode headers = request.putArray("headers");
        if (!token.isEmpty()) {
            headers.addObject().put("name", "Authorization").put("value", "Bearer " + token);
        }
        if (!sent.isEmpty()) {
            headers.addObject().put("name", "Content-Type").put("value", "application/json");
            request.putObject("postData").put("mimeType", "application/json").put("text", sent);
        }
        ObjectNode response = entry.putObject("response").put("status", 200).put("httpVersion", "HTTP/1.1");
        response.putArray("headers").addObject().put("name", "Content-Type").put("value", "application/json");
        response.putObject("content").put("mimeType", "application/json").put("text", answered);
    }

    private static String name(String kind, int reader) {
        return UUID.nameUUIDFromBytes((kind + reader).getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
