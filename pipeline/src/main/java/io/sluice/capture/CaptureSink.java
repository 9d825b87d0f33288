package io.sluice.capture;

import java.io.IOException;

/** Takes what a reader finds, in the order of the file. */
public interface CaptureSink {
    void exchange(CapturedExchange exchange) throws IOException;

    void reject(Rejected rejected) throws IOException;
}
