package io.sluice.jobs.demo;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A loopback reverse proxy that passes requests on to a service and writes down what it saw as HAR. */
public final class Recorder implements AutoCloseable {
    /**
     * From where the traffic is seen: the captured {@code service}, whether it answers ({@code IN}) or asks ({@code
     * OUT}), and the public {@code origin} under which the target is known, e.g. {@code http://bookshop.example}.
     */
    public record Viewpoint(String service, String direction, URI origin) {}

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BAD_GATEWAY = 502;

    /** Headers of one connection (RFC 9110, section 7.6.1), and those that the HTTP client sets by itself. */
    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "keep-alive", "transfer-encoding", "upgrade", "host", "content-length", "date");

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI target;
    private final Viewpoint viewpoint;
    private final HarFile har;
    private final LoopbackServer server;

    private Recorder(URI target, Viewpoint viewpoint, HarFile har) {
        this.target = target;
        this.viewpoint = viewpoint;
        this.har = har;
        server = LoopbackServer.start("recorder-" + viewpoint.direction().toLowerCase(Locale.ROOT), this::pass);
    }

    /** Starts in front of {@code target}; what it sees goes to {@code har}, which stays open when it is closed. */
    public static Recorder start(URI target, Viewpoint viewpoint, HarFile har) {
        return new Recorder(target, viewpoint, har);
    }

    public URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            Instant startedAt = Instant.now();
            long start = System.nanoTime();
            byte[] sent = exchange.getRequestBody().readAllBytes();
            long asked = System.nanoTime();
            HttpResponse<InputStream> response = ask(exchange, sent);
            long answered = System.nanoTime();
            byte[] received = response.body().readAllBytes();
            long end = System.nanoTime();

            // Written down before the caller hears of it, so that nobody can be done before the record is.
            URI url = viewpoint.origin().resolve(exchange.getRequestURI());
            HarEntry entry = new HarEntry(startedAt)
                    .request(exchange.getRequestMethod(), url, requestHeaders(exchange), sent)
                    .response(response.statusCode(), response.headers().map(), received)
                    .timings(
                            Duration.ofNanos(asked - start),
                            Duration.ofNanos(answered - asked),
                            Duration.ofNanos(end - answered));
            har.add(entry.seenFrom(viewpoint, clientAddress(exchange), connection(exchange)));
            answer(exchange, response, received);
        }
    }

    private HttpResponse<InputStream> ask(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .timeout(PATIENCE)
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            return client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the recorder is closing", e);
        } catch (IOException e) {
            exchange.sendResponseHeaders(BAD_GATEWAY, -1);
            throw e;
        }
    }

    private static void answer(HttpExchange exchange, HttpResponse<InputStream> response, byte[] body)
            throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (isPassedOn(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private Map<String, List<String>> requestHeaders(HttpExchange exchange) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.getRequestHeaders());
        headers.put("Host", List.of(viewpoint.origin().getAuthority()));
        return headers;
    }

    /** The visitor behind a load balancer, else the peer. */
    private static String clientAddress(HttpExchange exchange) {
        String forwarded = exchange.getRequestHeaders().getFirst("X-Forwarded-For");
        return forwarded == null ? exchange.getRemoteAddress().getAddress().getHostAddress() : forwarded;
    }

    private static String connection(HttpExchange exchange) {
        return Integer.toString(exchange.getRemoteAddress().getPort());
    }

    private static boolean isPassedOn(String header) {
        return !NOT_PASSED_ON.contains(header.toLowerCase(Locale.ROOT));
    }
}
