package io.sluice.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The bookshop's side of its calls to the payment service. */
final class PaymentClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A payment card. */
    record Card(String number, String expiry, String holder) {}

    private record Charge(int amount, String currency, Card card, String reference) {}

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final URI payments;

    PaymentClient(URI payments) {
        this.payments = payments;
    }

    /** Asks for {@code cents} and returns the id of the charge; a 402 where the card is refused. */
    String charge(Card card, int cents, int orderNumber) {
        Charge charge = new Charge(cents, "EUR", card, "order " + orderNumber);
        try {
            HttpRequest request = request("/v1/charges")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(Call.JSON.writeValueAsBytes(charge)))
                    .build();
            return send(request).path("id").asText();
        } catch (IOException e) {
            throw new Refusal(502, "the payment service does not answer");
        }
    }

    /** How the charge stands, e.g. {@code paid}. */
    String state(String chargeId) {
        try {
            return send(request("/v1/charges/" + chargeId).GET().build())
                    .path("state")
                    .asText();
        } catch (IOException e) {
            throw new Refusal(502, "the payment service does not answer");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(payments.resolve(path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("User-Agent", "bookshop/1.0");
    }

    private JsonNode send(HttpRequest request) throws IOException {
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() / 100 != 2) {
                throw new Refusal(402, "the payment was refused");
            }
            return Call.JSON.readTree(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "the bookshop is closing");
        }
    }
}
