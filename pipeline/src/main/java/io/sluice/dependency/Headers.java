package io.sluice.dependency;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which header fields carry values of the application, and which only serve the transport. */
public final class Headers {
    /** Fields of RFC 9110, 9111, 6265, Fetch and common proxies that a client or server library sets by itself. */
    private static final Set<String> TRANSPORT = Set.of(
            "accept-ranges",
            "age",
            "allow",
            "alt-svc",
            "cache-control",
            "connection",
            "date",
            "dnt",
            "expect",
            "expires",
            "forwarded",
            "from",
            "host",
            "keep-alive",
            "last-modified",
            "max-forwards",
            "nel",
            "origin",
            "pragma",
            "priority",
            "range",
            "referer",
            "referrer-policy",
            "report-to",
            "server",
            "server-timing",
            "strict-transport-security",
            "te",
            "traceparent",
            "tracestate",
            "baggage",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "upgrade-insecure-requests",
            "user-agent",
            "vary",
            "via",
            "warning",
            "x-amzn-trace-id",
            "x-content-type-options",
            "x-frame-options",
            "x-powered-by",
            "x-real-ip",
            "x-request-id",
            "x-correlation-id",
            "x-xss-protection");

    private static final Set<String> FAMILIES = Set.of(
            "accept",
            "access-control-",
            "content-",
            "if-modified",
            "if-unmodified",
            "if-range",
            "proxy-",
            "sec-",
            "x-b3-",
            "x-forwarded-",
            "x-envoy-");

    private Headers() {}

    /** Whether the application may have put a value there that another request depends on. */
    public static boolean carriesValue(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !lower.startsWith(":")
                && !TRANSPORT.contains(lower)
                && FAMILIES.stream().noneMatch(lower::startsWith);
    }

    /** The location of a header field, its name in one spelling: {@code x-api-key} -> {@code header:X-Api-Key}. */
    public static Location location(String name) {
        String spelled = Arrays.stream(name.split("-", -1))
                .map(word -> word.isEmpty()
                        ? word
                        : word.substring(0, 1).toUpperCase(Locale.ROOT)
                                + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-"));
        return Location.named(Location.Kind.HEADER, spelled);
    }

    /**
     * The length of what stands before the credential in an {@code Authorization} header: {@code Bearer abc} -> 7;
     * 0 in any other header.
     */
    public static int schemeLength(String name, String value) {
        int space = value.indexOf(' ');
        return name.equalsIgnoreCase("Authorization") ? space + 1 : 0;
    }
}
