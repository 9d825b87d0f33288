package io.sluice.tests.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Random;
import java.util.function.IntFunction;

/** Invented traffic of a shop, always the same for the same seed, in the shapes that captures have. */
final class GeneratedTraffic {
    private static final String[] WORDS = {
        "river", "stone", "lamp", "paper", "window", "north", "copper", "garden", "signal", "velvet", "harbor", "maple"
    };
    private static final Instant START = Instant.parse("2026-05-04T08:00:00Z");

    private final Random random;

    GeneratedTraffic(long seed) {
        random = new Random(seed);
    }

    /** Writes an HTTP Archive of at least {@code bytes}. */
    void writeHar(Path file, long bytes) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(
                    "{\"log\":{\"version\":\"1.2\",\"creator\":{\"name\":\"generated\",\"version\":\"1\"},\"entries\":["
                            .getBytes(StandardCharsets.UTF_8));
            fill(out, bytes, number -> (number == 0 ? "" : ",") + harEntry(number));
            out.write("]}}".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes RRPairs of at least {@code bytes}, one per line. */
    void writeRrpairs(Path file, long bytes) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            fill(out, bytes, number -> rrpair(number) + "\n");
        }
    }

    private static void fill(OutputStream out, long bytes, IntFunction<String> entry) throws IOException {
        long written = 0;
        for (int number = 0; written < bytes; number++) {
            byte[] text = entry.apply(number).getBytes(StandardCharsets.UTF_8);
            out.write(text);
            written += text.length;
        }
    }

    private String harEntry(int number) {
        boolean image = random.nextInt(20) == 0;
        String content = image
                ? "{\"size\":9000,\"mimeType\":\"image/png\",\"encoding\":\"base64\",\"text\":\"" + noise(9_000) + "\"}"
                : "{\"size\":1,\"mimeType\":\"application/json\",\"text\":\"" + escaped(document(size())) + "\"}";
        String post = random.nextInt(4) == 0
                ? ",\"postData\":{\"mimeType\":\"application/json\",\"text\":\"" + escaped(document(400)) + "\"}"
                : "";
        return "{\"startedDateTime\":\"" + START.plusMillis(number * 7L) + "\",\"time\":" + random.nextInt(900)
                + ".25,\"connection\":\"" + number % 50 + "\",\"request\":{\"method\":\""
                + (post.isEmpty() ? "GET" : "POST")
                + "\",\"url\":\"https://shop.example/api/items/" + random.nextInt(100_000) + "?page="
                + random.nextInt(9)
                + "\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],\"queryString\":[{\"name\":\"page\",\"value\":\"1\"}],"
                + "\"headers\":[" + harHeaders(12) + "],\"headersSize\":-1,\"bodySize\":0" + post
                + "},\"response\":{\"status\":200,\"statusText\":\"OK\",\"httpVersion\":\"HTTP/1.1\",\"cookies\":[],"
                + "\"headers\":[" + harHeaders(10) + "],\"content\":" + content
                + ",\"redirectURL\":\"\",\"headersSize\":-1,\"bodySize\":-1},\"cache\":{},"
                + "\"timings\":{\"send\":1,\"wait\":20,\"receive\":3}}";
    }

    private String rrpair(int number) {
        byte[] uuid = new byte[16];
        random.nextBytes(uuid);
        return "{\"msgType\":\"rrpair\",\"ts\":\"" + START.plusMillis(number * 7L)
                + "\",\"l7protocol\":\"https\",\"duration\":"
                + random.nextInt(900) + ",\"tags\":{\"k8sAppLabel\":\"shop\",\"sequence\":\"" + number
                + "\"},\"uuid\":\""
                + Base64.getEncoder().encodeToString(uuid)
                + "\",\"direction\":\"IN\",\"command\":\"GET\",\"http\":{\"req\":{"
                + "\"uri\":\"/api/items/" + random.nextInt(100_000)
                + "?page=1\",\"method\":\"GET\",\"version\":\"1.1\","
                + "\"host\":\"shop.example\",\"headers\":{" + rrpairHeaders(12) + "}},\"res\":{\"statusCode\":200,"
                + "\"contentType\":\"application/json\",\"headers\":{" + rrpairHeaders(10) + "},\"bodyBase64\":\""
                + Base64.getEncoder().encodeToString(document(size()).getBytes(StandardCharsets.UTF_8))
                + "\"}},\"netinfo\":{\"id\":\"" + number % 50 + "\",\"downstream\":{\"ipAddress\":\"10.0.0."
                + number % 250 + "\"}}}";
    }

    /** Mostly small, at times large, from 1 KB to 20 KB. */
    private int size() {
        double u = random.nextDouble();
        return 1_000 + (int) (19_000 * u * u);
    }

    private String document(int size) {
        StringBuilder json = new StringBuilder(size + 64).append("{\"items\":[");
        while (json.length() < size) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                    .append("{\"id\":\"")
                    .append(Long.toHexString(random.nextLong()))
                    .append("\",\"name\":\"")
                    .append(word())
                    .append(' ')
                    .append(word())
                    .append("\",\"price\":")
                    .append(random.nextInt(10_000))
                    .append(".5}");
        }
        return json.append("]}").toString();
    }

    private String harHeaders(int count) {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            headers.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"x-")
                    .append(WORDS[i])
                    .append("\",\"value\":\"")
                    .append(word())
                    .append('-')
                    .append(Long.toHexString(random.nextLong()))
                    .append("\"}");
        }
        return headers.toString();
    }

    private String rrpairHeaders(int count) {
        StringBuilder headers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            headers.append(i == 0 ? "" : ",")
                    .append("\"X-")
                    .append(WORDS[i])
                    .append("\":[\"")
                    .append(word())
                    .append('-')
                    .append(Long.toHexString(random.nextLong()))
                    .append("\"]");
        }
        return headers.toString();
    }

    private String noise(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static String escaped(String text) {
        return text.replace("\"", "\\\"");
    }
}
