package io.sluice.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One exchange as a capture holds it, before redaction. */
public record CapturedExchange(
        long capturedAtMicros,
        @Nullable Long durationMicros,
        String service,
        Direction direction,
        String protocol,
        CapturedRequest request,
        CapturedResponse response,
        Origin origin,
        List<String> flags) {
    public CapturedExchange {
        flags = List.copyOf(flags);
    }
}
