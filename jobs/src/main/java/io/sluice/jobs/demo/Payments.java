package io.sluice.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** A small payment service: takes charges for cards with a valid check digit, and says how they stand. */
public final class Payments implements AutoCloseable {
    private static final Pattern CARD = Pattern.compile("[0-9]{12,19}");
    private static final int MOST_CENTS = 10_000_000;

    private final Map<String, Integer> charges = new ConcurrentHashMap<>();
    private final FreshIds ids;
    private final LoopbackServer server;

    private Payments(long seed) {
        ids = new FreshIds(seed);
        server = LoopbackServer.start(
                "payments",
                new Router().on("POST", "/v1/charges", this::charge).on("GET", "/v1/charges/{id}", this::state));
    }

    /** Starts on a free port; {@code seed} decides the ids. */
    public static Payments start(long seed) {
        return new Payments(seed);
    }

    public URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
    }

    private Answer charge(Call call) {
        JsonNode body = call.body();
        String card = Call.text(body, "/card/number", CARD);
        int cents = Call.number(body, "/amount", MOST_CENTS);
        if (!meetsLuhn(card)) {
            throw new Refusal(402, "the card number is wrong");
        }
        String id = ids.code("ch_", 16);
        charges.put(id, cents);
        return new Answer(201, shown(id, "authorized", cents), Map.of());
    }

    private Answer state(Call call) {
        String id = call.place("id");
        Integer cents = charges.get(id);
        if (cents == null) {
            throw new Refusal(404, "no such charge");
        }
        return Answer.ok(shown(id, "paid", cents));
    }

    private static Map<String, Object> shown(String id, String state, int cents) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", id);
        shown.put("state", state);
        shown.put("amount", cents);
        return shown;
    }

    private static boolean meetsLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighed = i % 2 == 0 ? digit : 2 * digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        return sum % 10 == 0;
    }
}
