package io.sluice.tests.faults;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A HAR file under construction, whose entries are as odd as a test wants them. */
final class HarFile {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ArrayNode entries = JSON.createArrayNode();

    /** An entry that nothing is wrong with, to be spoiled by the test. */
    ObjectNode entry(String startedDateTime, String url) {
        ObjectNode entry = entries.addObject();
        entry.put("startedDateTime", startedDateTime).put("time", 12);
        ObjectNode request = entry.putObject("request");
        request.put("method", "GET").put("url", url).put("httpVersion", "HTTP/1.1");
        request.putArray("headers").addObject().put("name", "Accept").put("value", "*/*");
        ObjectNode response = entry.putObject("response");
        response.put("status", 200).put("httpVersion", "HTTP/1.1");
        response.putArray("headers");
        response.putObject("content").put("mimeType", "application/json").put("text", "{\"ok\":true}");
        return entry;
    }

    /** The whole file as JSON on one line. */
    String text() {
        ObjectNode har = JSON.createObjectNode();
        har.putObject("log").put("version", "1.2").set("entries", entries);
        return har.toString();
    }

    Path write(Path file) throws IOException {
        return Files.writeString(file, text(), StandardCharsets.UTF_8);
    }

    /** Writes {@code count} entries with bodies of about {@code bodyLength} characters on one line, as a stream. */
    static Path large(Path file, long count, int bodyLength) throws IOException {
        String body = "x".repeat(bodyLength);
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            out.write("{\"log\":{\"version\":\"1.2\",\"entries\":[");
            for (long i = 0; i < count; i++) {
                HarFile one = new HarFile();
                ObjectNode entry = one.entry("2026-05-04T10:00:00.000Z", "http://shop.example/items/" + i);
                ((ObjectNode) entry.path("response").path("content")).put("text", "{\"text\":\"" + body + "\"}");
                out.write((i == 0 ? "" : ",") + entry);
            }
            out.write("]}}");
        }
        return file;
    }
}
