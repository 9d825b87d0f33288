package io.sluice.capture;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The trace and span that a request announced about itself in its headers (W3C Trace Context, or Zipkin's B3). */
public record TraceContext(String traceId, @Nullable String spanId) {
    private static final Pattern W3C = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}.*");
    private static final Pattern B3 = Pattern.compile("([0-9a-f]{16}|[0-9a-f]{32})-([0-9a-f]{16})(-.*)?");
    private static final Pattern B3_TRACE = Pattern.compile("[0-9a-f]{16}|[0-9a-f]{32}");

    static @Nullable TraceContext of(List<Header> headers) {
        String b3Trace = null;
        String b3Span = null;
        for (Header header : headers) {
            if (header.name().length() > "x-b3-traceid".length()) {
                continue;
            }
            String value = header.value();
            switch (header.name().toLowerCase(Locale.ROOT)) {
                case "traceparent" -> {
                    Matcher w3c = W3C.matcher(value);
                    if (w3c.matches()) {
                        return new TraceContext(w3c.group(1), w3c.group(2));
                    }
                }
                case "b3" -> {
                    Matcher b3 = B3.matcher(value);
                    if (b3.matches()) {
                        return new TraceContext(b3.group(1), b3.group(2));
                    }
                }
                case "x-b3-traceid" -> b3Trace = value;
                case "x-b3-spanid" -> b3Span = value;
                default -> {}
            }
        }
        return b3Trace != null && B3_TRACE.matcher(b3Trace).matches() ? new TraceContext(b3Trace, b3Span) : null;
    }
}
