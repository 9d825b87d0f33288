package io.sluice.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Headers and body of one request or response. */
record Message(List<Header> headers, String body) {

    /** One header field. */
    record Header(String name, String value) {}

    /** Values of a header, whatever the case of its name. */
    List<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    /** Values of fields with one of these plain names, in a JSON or form body. */
    List<String> fields(Set<String> names) {
        if (body.isEmpty()) {
            return List.of();
        }
        JsonNode json = Json.read(body);
        return json.isObject() ? Json.values(json, names) : form(body, names);
    }

    /** Values of the parameters of a form or query with one of these plain names. */
    static List<String> form(String text, Set<String> names) {
        List<String> found = new ArrayList<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && names.contains(Json.plain(pair.substring(0, equals)))) {
                found.add(decoded(pair.substring(equals + 1)));
            }
        }
        return found;
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException strayPercent) {
            return value;
        }
    }
}
