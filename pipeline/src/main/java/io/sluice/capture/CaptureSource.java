package io.sluice.capture;

import org.jspecify.annotations.Nullable;

/**
 * What a reader must know of the file it reads.
 *
 * @param object name under which exchanges and rejects refer to the file
 * @param service the service all its exchanges belong to; null: as the capture says
 * @param maxExchangeBytes an exchange of more bytes than that in the file is rejected instead of held in memory
 */
public record CaptureSource(String object, @Nullable String service, int maxExchangeBytes) {
    /** Limit for one exchange where nothing else is asked for. */
    public static final int DEFAULT_MAX_EXCHANGE_BYTES = 32 << 20;

    public CaptureSource(String object) {
        this(object, null, DEFAULT_MAX_EXCHANGE_BYTES);
    }
}
