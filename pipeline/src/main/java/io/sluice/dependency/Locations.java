package io.sluice.dependency;

import io.sluice.dependency.Location.Index;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How values stand in the parts of a message: URL paths, pairs of a query or form, cookies, headers. */
public final class Locations {
    private Locations() {}

    /** The value of the cookie {@code name} in one {@code Set-Cookie} or {@code Cookie} header. */
    static Optional<String> cookie(String header, String name) {
        return cookies(header).stream()
                .filter(pair -> pair.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The name-value pairs of a {@code Cookie} header, or the pair and attributes of a {@code Set-Cookie} header. */
    public static List<Map.Entry<String, String>> cookies(String header) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String part : header.split(";", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                pairs.add(Map.entry(
                        part.substring(0, equals).strip(),
                        part.substring(equals + 1).strip()));
            }
        }
        return pairs;
    }

    /** The decoded pairs of a query or form: {@code a=1&b=x%20y}. */
    public static List<Map.Entry<String, String>> pairs(String query) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                pairs.add(Map.entry(decoded(part.substring(0, equals)), decoded(part.substring(equals + 1))));
            }
        }
        return pairs;
    }

    /** The raw segments of a path without its leading slash: {@code /a/b} -> {@code a}, {@code b}. */
    public static List<String> segments(String path) {
        String inside = path.startsWith("/") ? path.substring(1) : path;
        return List.of(inside.split("/", -1));
    }

    /** The path of a URL, whether absolute or not. */
    public static String pathOf(String url) {
        int scheme = url.indexOf("://");
        int start = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
        if (start < 0) {
            return "/";
        }
        int end = url.length();
        for (int i = start; i < end; i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == '#') {
                end = i;
            }
        }
        return url.substring(start, end);
    }

    /** What the header's {@code value} holds at {@code location}: all of it, or one path segment of its URL. */
    static Optional<String> inHeader(Location location, String value) {
        if (location.keys().isEmpty()) {
            return Optional.of(value);
        }
        List<String> segments = segments(pathOf(value));
        int at = ((Index) location.keys().get(0)).at();
        int index = at < 0 ? segments.size() + at : at;
        return index < 0 || index >= segments.size() ? Optional.empty() : Optional.of(unescaped(segments.get(index)));
    }

    /** A path segment without percent escapes; as it is where the escapes are broken. */
    public static String unescaped(String segment) {
        return decoded(segment.replace("+", "%2B"));
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return part;
        }
    }
}
