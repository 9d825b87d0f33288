package io.sluice.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request of a captured exchange, its target taken apart, its headers and body as they were sent. */
public record CapturedRequest(
        String method,
        RequestTarget target,
        @Nullable String httpVersion,
        List<Header> headers,
        @Nullable Body body,
        @Nullable String mediaType) {
    public CapturedRequest {
        headers = List.copyOf(headers);
    }
}
