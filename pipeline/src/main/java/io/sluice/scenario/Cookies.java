package io.sluice.scenario;

import io.sluice.dependency.Locations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The cookies of one session with one host; paths and domains do not matter to it. */
final class Cookies {
    private static final String EXPIRED = "0";

    private final Map<String, String> values = new LinkedHashMap<>();

    /** Keeps what a response sets, given its {@code Set-Cookie} headers. */
    void take(List<String> setCookie) {
        for (String header : setCookie) {
            List<Map.Entry<String, String>> pairs = Locations.cookies(header);
            if (pairs.isEmpty()) {
                continue;
            }
            Map.Entry<String, String> cookie = pairs.get(0);
            boolean removed = pairs.stream()
                    .skip(1)
                    .anyMatch(attribute -> attribute.getKey().equalsIgnoreCase("Max-Age")
                            && attribute.getValue().equals(EXPIRED));
            if (removed) {
                values.remove(cookie.getKey());
            } else {
                values.put(cookie.getKey(), cookie.getValue());
            }
        }
    }

    /** The {@code Cookie} header: what {@code scenario} wants to send, and what the live system set instead of it. */
    String header(String scenario) {
        Map<String, String> sent = new LinkedHashMap<>();
        Locations.cookies(scenario).forEach(cookie -> sent.put(cookie.getKey(), cookie.getValue()));
        sent.putAll(values);
        return sent.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }
}
