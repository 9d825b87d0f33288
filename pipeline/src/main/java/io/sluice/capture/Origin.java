package io.sluice.capture;

import org.jspecify.annotations.Nullable;

/** Where an exchange came from: the capture's own id of it, the caller, the connection, and the place in the file. */
public record Origin(
        @Nullable String captureId,
        @Nullable String clientAddress,
        @Nullable String connectionId,
        @Nullable TraceContext trace,
        CaptureFormat format,
        String object,
        long position) {}
