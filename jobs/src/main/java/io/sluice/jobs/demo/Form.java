package io.sluice.jobs.demo;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names and values of a query or a form body, e.g. {@code q=atlas&page=2}. */
final class Form {
    private Form() {}

    /** The decoded pairs in order; a 400 where percent encoding is broken. */
    static List<Map.Entry<String, String>> pairs(@Nullable String encoded) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String field : encoded == null ? new String[0] : encoded.split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                pairs.add(Map.entry(decode(field.substring(0, equals)), decode(field.substring(equals + 1))));
            }
        }
        return pairs;
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(400, "percent encoding is broken");
        }
    }
}
