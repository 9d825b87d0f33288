package io.sluice.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BookshopTest {
    private static final String ADDRESS =
            "{\"street\":\"1 Example Road\",\"postalCode\":\"00000\",\"city\":\"Exampleton\",\"country\":\"XX\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private Payments payments;
    private Bookshop shop;

    @BeforeEach
    void open() {
        payments = Payments.start(1);
        shop = Bookshop.start(1, payments.uri());
    }

    @AfterEach
    void close() {
        shop.close();
        payments.close();
    }

    @Test
    void idsAndTokensAreNewAtEveryStart() throws Exception {
        String book = firstBook(shop.uri());
        String token = newToken(shop.uri());
        try (Bookshop other = Bookshop.start(2, payments.uri())) {
            assertThat(firstBook(other.uri())).isNotEqualTo(book);
            assertThat(get(other.uri(), "/books/" + book, "").statusCode()).isEqualTo(404);
            newToken(other.uri());
            assertThat(get(other.uri(), "/cart", token).statusCode()).isEqualTo(401);
        }
        assertThat(get(shop.uri(), "/books/" + book, "").statusCode()).isEqualTo(200);
        assertThat(get(shop.uri(), "/cart", token).statusCode()).isEqualTo(200);
    }

    @Test
    void sellsABookAndKnowsTheOrder() throws Exception {
        String token = newToken(shop.uri());
        String book = firstBook(shop.uri());
        HttpResponse<String> item =
                post(shop.uri(), "/cart/items", token, "{\"bookId\":\"" + book + "\",\"quantity\":2}");
        assertThat(item.statusCode()).isEqualTo(201);

        HttpResponse<String> order = post(shop.uri(), "/orders", token, order("4111111111111111"));
        assertThat(order.statusCode()).isEqualTo(201);
        String location = order.headers().firstValue("Location").orElseThrow();
        HttpResponse<String> status = get(shop.uri(), location, token);
        assertThat(json(status).path("status").asText()).isEqualTo("paid");
        assertThat(get(shop.uri(), location, newToken(shop.uri())).statusCode()).isEqualTo(404);
    }

    @Test
    void refusesACardWithAWrongCheckDigitAndAnEmptyCart() throws Exception {
        String token = newToken(shop.uri());
        assertThat(post(shop.uri(), "/orders", token, order("4111111111111111")).statusCode())
                .isEqualTo(409);
        String book = firstBook(shop.uri());
        post(shop.uri(), "/cart/items", token, "{\"bookId\":\"" + book + "\",\"quantity\":1}");
        assertThat(post(shop.uri(), "/orders", token, order("4111111111111112")).statusCode())
                .isEqualTo(402);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws Exception {
        assertThat(get(shop.uri(), "/nowhere", "").statusCode()).isEqualTo(404);
        assertThat(get(shop.uri(), "/search", "").statusCode()).isEqualTo(400);
        assertThat(get(shop.uri(), "/users", "").statusCode()).isEqualTo(405);
        assertThat(get(shop.uri(), "/cart", "").statusCode()).isEqualTo(401);
        assertThat(get(shop.uri(), "/cart", "eyJh.eyJz.AAAA").statusCode()).isEqualTo(401);
        for (String body : List.of("", "[]", "{", "{\"email\":\"nobody\"}")) {
            assertThat(post(shop.uri(), "/users", "", body).statusCode()).isEqualTo(400);
        }
    }

    @Test
    void compressesAndTagsLargePages() throws Exception {
        URI page = shop.uri().resolve("/search?q=harbor");
        HttpResponse<byte[]> packed = client.send(
                HttpRequest.newBuilder(page).header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray());
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.body()).startsWith(0x1f, 0x8b);

        String tag = packed.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = client.send(
                HttpRequest.newBuilder(page).header("If-None-Match", tag).build(), BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(304);
    }

    @Test
    void nobodyListensAfterClosing() {
        URI address = shop.uri();
        shop.close();
        assertThatThrownBy(() -> get(address, "/", "")).isInstanceOf(ConnectException.class);
    }

    private String newToken(URI base) throws Exception {
        String who = "{\"email\":\"reader" + System.nanoTime()
                + "@example.org\",\"name\":\"R. Eader\",\"password\":\"very-long-secret\"}";
        HttpResponse<String> registered = post(base, "/users", "", who);
        assertThat(registered.statusCode()).isEqualTo(201);
        HttpResponse<String> login = post(base, "/login", "", who);
        assertThat(login.statusCode()).isEqualTo(200);
        return json(login).path("token").asText();
    }

    private String firstBook(URI base) throws Exception {
        return json(get(base, "/search?q=harbor", "")).at("/items/0/id").asText();
    }

    private static String order(String card) {
        return "{\"card\":{\"number\":\"" + card + "\",\"expiry\":\"12/31\",\"holder\":\"R. Eader\"},\"shipTo\":"
                + ADDRESS + "}";
    }

    private HttpResponse<String> get(URI base, String path, String token) throws Exception {
        return client.send(request(base, path, token).GET().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(URI base, String path, String token, String body) throws Exception {
        HttpRequest.Builder request = request(base, path, token).header("Content-Type", "application/json");
        return client.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(URI base, String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return Call.JSON.readTree(response.body());
    }
}
