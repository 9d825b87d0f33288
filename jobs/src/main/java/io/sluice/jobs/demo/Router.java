package io.sluice.jobs.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Leads each request to the endpoint whose template it meets, e.g. {@code GET /books/{id}}, and sends its answer. */
final class Router implements HttpHandler {
    /** Answers the calls of one method and path template. */
    interface Endpoint {
        Answer answer(Call call);
    }

    private static final int WORTH_COMPRESSING = 600;

    private record Route(String method, List<String> template, Endpoint endpoint) {}

    private final List<Route> routes = new ArrayList<>();

    Router on(String method, String template, Endpoint endpoint) {
        routes.add(new Route(method, List.of(template.split("/", -1)), endpoint));
        return this;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer;
            try {
                answer = answerTo(exchange);
            } catch (Refusal refusal) {
                answer = new Answer(refusal.status(), Map.of("error", String.valueOf(refusal.getMessage())), Map.of());
            }
            send(exchange, answer);
        }
    }

    private Answer answerTo(HttpExchange exchange) throws IOException {
        String content = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        URI target = exchange.getRequestURI();
        boolean pathKnown = false;
        for (Route route : routes) {
            Map<String, String> places = match(route.template(), target.getRawPath());
            if (places != null && route.method().equals(exchange.getRequestMethod())) {
                return route.endpoint().answer(new Call(target, places, exchange.getRequestHeaders(), content));
            }
            pathKnown |= places != null;
        }
        throw pathKnown ? new Refusal(405, "not with this method") : new Refusal(404, "no such page");
    }

    private static @Nullable Map<String, String> match(List<String> template, String path) {
        String[] segments = path.split("/", -1);
        if (segments.length != template.size()) {
            return null;
        }
        Map<String, String> places = new HashMap<>();
        for (int i = 0; i < segments.length; i++) {
            String expected = template.get(i);
            if (expected.startsWith("{")) {
                String name = expected.substring(1, expected.length() - 1);
                places.put(name, URLDecoder.decode(segments[i].replace("+", "%2B"), StandardCharsets.UTF_8));
            } else if (!expected.equals(segments[i])) {
                return null;
            }
        }
        return places;
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if (answer.body() == null) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        byte[] body = Call.JSON.writeValueAsBytes(answer.body());
        if (exchange.getRequestMethod().equals("GET") && answer.status() == 200) {
            String tag = tagOf(body);
            exchange.getResponseHeaders().set("ETag", tag);
            if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(304, -1);
                return;
            }
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        if (body.length >= WORTH_COMPRESSING && accepted != null && accepted.contains("gzip")) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            body = compress(body);
        }
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static String tagOf(byte[] body) {
        CRC32 sum = new CRC32();
        sum.update(body);
        return "\"" + Long.toHexString(sum.getValue()) + "\"";
    }

    private static byte[] compress(byte[] body) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(body);
        }
        return compressed.toByteArray();
    }
}
