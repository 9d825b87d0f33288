package io.sluice.capture;

import java.util.Locale;

/** Why a piece of a capture could not become an exchange. */
public enum RejectReason {
    EMPTY,
    UNKNOWN_FORMAT,
    NOT_JSON,
    NOT_AN_ENTRY,
    NOT_HTTP,
    TRUNCATED,
    COLLIDED,
    CORRUPT_COMPRESSION,
    TOO_LARGE,
    MISSING_REQUEST,
    MISSING_TIMESTAMP,
    BAD_TIMESTAMP,
    TIMESTAMP_OUT_OF_RANGE,
    BAD_HEADERS,
    BAD_STATUS;

    /** The code as it stands in the table of rejects, e.g. {@code not_json}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
