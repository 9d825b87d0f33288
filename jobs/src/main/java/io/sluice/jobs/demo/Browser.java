package io.sluice.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What one visitor sends requests with: it keeps the shop's cookie and the token. */
final class Browser {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient client;
    private final URI shop;
    private final Person person;
    private @Nullable String cookie;
    private @Nullable String token;
    private int requests;

    Browser(HttpClient client, URI shop, Person person) {
        this.client = client;
        this.shop = shop;
        this.person = person;
    }

    /** Sends {@code token} from now on. */
    void logIn(String newToken) {
        token = newToken;
    }

    int requests() {
        return requests;
    }

    JsonNode get(String path) throws InterruptedException {
        return send("GET", path, null, 200);
    }

    /** Sends {@code body} as JSON, or nothing; any status but {@code expected} is a defect of the demonstration. */
    JsonNode send(String method, String path, @Nullable Object body, int expected) throws InterruptedException {
        requests++;
        try {
            HttpResponse<byte[]> response = client.send(request(method, path, body), BodyHandlers.ofByteArray());
            if (response.statusCode() != expected) {
                throw new IllegalStateException(
                        method + " " + path + " gave " + response.statusCode() + " instead of " + expected);
            }
            response.headers().firstValue("Set-Cookie").ifPresent(set -> cookie = set.replaceFirst(";.*", ""));
            return read(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest request(String method, String path, @Nullable Object body) throws IOException {
        BodyPublisher content =
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(Call.JSON.writeValueAsBytes(body));
        HttpRequest.Builder request = HttpRequest.newBuilder(shop.resolve(path))
                .timeout(PATIENCE)
                .header("User-Agent", person.userAgent())
                .header("Accept", "application/json")
                .header("Accept-Encoding", "gzip")
                .header("X-Forwarded-For", person.networkAddress())
                .method(method, content);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private static JsonNode read(HttpResponse<byte[]> response) throws IOException {
        byte[] body = response.body();
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        if (response.headers().firstValue("Content-Encoding").isEmpty()) {
            return Call.JSON.readTree(body);
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return Call.JSON.readTree(in);
        }
    }
}
