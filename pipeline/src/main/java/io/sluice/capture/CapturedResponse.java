package io.sluice.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response of a captured exchange; without a status where none was captured. */
public record CapturedResponse(
        @Nullable Integer status,
        List<Header> headers,
        @Nullable Body body,
        @Nullable String mediaType) {
    public CapturedResponse {
        headers = List.copyOf(headers);
    }
}
