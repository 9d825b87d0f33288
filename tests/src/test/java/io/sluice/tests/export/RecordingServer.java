package io.sluice.tests.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A loopback server that knows a login with odd values and writes down what it was sent. */
final class RecordingServer implements AutoCloseable {
    /** What a tool sent, as far as a scenario decides it. */
    record Received(
            String method,
            String uri,
            @Nullable String authorization,
            @Nullable String plain,
            String body) {}

    private static final int LOGGED_IN = 201;
    private static final int NOT_FOUND = 404;

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    private RecordingServer(HttpServer server) {
        this.server = server;
    }

    static RecordingServer start() throws IOException {
        RecordingServer recording =
                new RecordingServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        recording.server.createContext("/", recording::answer);
        recording.server.start();
        return recording;
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Received> received() {
        return List.copyOf(received);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            received.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("X-Plain"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            boolean login = exchange.getRequestURI().getPath().equals("/login");
            byte[] body = login
                    ? "{\"session\":{\"odd name\":[{\"token\":\"t$1.a\"}]}}".getBytes(StandardCharsets.UTF_8)
                    : new byte[0];
            if (login) {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.getResponseHeaders().add("Set-Cookie", "sid=s+1; Path=/");
                exchange.getResponseHeaders().add("Location", "http://shop.example/orders/7f%20a?new=1");
            }
            exchange.sendResponseHeaders(login ? LOGGED_IN : NOT_FOUND, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
