package io.sluice.capture;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a request was sent, taken apart from its URL without changing a character of path and query. A fragment is never
 * sent, so it is dropped; credentials before the host ({@code user:word@}) are reported, not kept.
 */
public record RequestTarget(
        @Nullable String scheme,
        @Nullable String host,
        @Nullable Integer port,
        String path,
        @Nullable String query,
        boolean hadCredentials) {

    /** Takes apart {@code https://Shop.example:8443/a?b}, {@code //host/a}, {@code /a?b} or {@code *}. */
    static RequestTarget parse(String url) {
        String rest = url.strip();
        String scheme = null;
        int colon = rest.indexOf("://");
        if (colon > 0 && isScheme(rest.substring(0, colon))) {
            scheme = rest.substring(0, colon).toLowerCase(Locale.ROOT);
            rest = rest.substring(colon + 1);
        }
        String authority = null;
        if (rest.startsWith("//") && (scheme != null || !rest.startsWith("///"))) {
            int end = endOfAuthority(rest);
            authority = rest.substring(2, end);
            rest = rest.substring(end);
        }
        int fragment = rest.indexOf('#');
        if (fragment >= 0) {
            rest = rest.substring(0, fragment);
        }
        int question = rest.indexOf('?');
        String path = question < 0 ? rest : rest.substring(0, question);
        String query = question < 0 ? null : rest.substring(question + 1);
        RequestTarget plain = new RequestTarget(scheme, null, null, path.isEmpty() ? "/" : path, query, false);
        return authority == null ? plain : plain.withAuthority(authority);
    }

    /** The same target at the host and port of {@code authority}, e.g. the value of a Host header. */
    RequestTarget withAuthority(String authority) {
        int at = authority.lastIndexOf('@');
        String hostAndPort = authority.substring(at + 1).strip();
        int colon = hostAndPort.lastIndexOf(':');
        boolean bareIpv6 = colon >= 0 && hostAndPort.indexOf(':') < colon && !hostAndPort.startsWith("[");
        boolean hasPort = colon > hostAndPort.lastIndexOf(']') && !bareIpv6;
        String name = hasPort ? hostAndPort.substring(0, colon) : hostAndPort;
        Integer number = hasPort ? portOf(hostAndPort.substring(colon + 1)) : null;
        return new RequestTarget(
                scheme,
                name.isEmpty() ? null : name.toLowerCase(Locale.ROOT),
                number,
                path,
                query,
                hadCredentials || at >= 0);
    }

    RequestTarget withScheme(String known) {
        return new RequestTarget(known, host, port, path, query, hadCredentials);
    }

    /** The same target with the port that its scheme stands for, where none was named. */
    RequestTarget withDefaultPort() {
        if (port != null || host == null || scheme == null) {
            return this;
        }
        Integer usual = switch (scheme) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> null;
        };
        return new RequestTarget(scheme, host, usual, path, query, hadCredentials);
    }

    private static int endOfAuthority(String rest) {
        for (int i = 2; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return rest.length();
    }

    private static boolean isScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean later = i > 0 && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.');
            if (!letter && !later) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Integer portOf(String text) {
        if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        int number = Integer.parseInt(text);
        return number >= 1 && number <= 65_535 ? number : null;
    }
}
