package io.sluice.capture;

import java.io.IOException;
import java.io.InputStream;

/** Reads one capture format as a stream, in memory bounded by the largest exchange. */
public interface CaptureReader {
    /**
     * Hands every exchange and every unreadable piece of {@code in} to {@code sink}. Whatever is wrong with the content
     * becomes a reject; at least one exchange or reject comes out of any input.
     *
     * @throws IOException only from {@code sink}: trouble while reading {@code in} counts as the content's end
     */
    void read(InputStream in, CaptureSource source, CaptureSink sink) throws IOException;
}
