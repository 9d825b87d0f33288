package io.sluice.lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** How one capture file becomes landing rows; it is sent to the executors. */
public interface CaptureReading extends Serializable {
    /** Reads {@code in} to its end. */
    Verdict read(InputStream in, CaptureFile file, Rows rows) throws IOException;

    /**
     * What became of a file.
     *
     * @param format it was read as; null where it was not read
     * @param skipped why it was passed over as no capture; null where it was read or rejected
     */
    record Verdict(@Nullable String format, @Nullable String skipped) {}

    /** A piece that could not become a row, as it stands in table {@code reject}. */
    record Reject(
            String reason,
            String detail,
            @Nullable Long position,
            @Nullable Long offset) {}

    /** Takes what comes out of a file. */
    interface Rows {
        /** Adds the values of one row, in the order of the landing schema. */
        void land(@Nullable Object[] row) throws IOException;

        void reject(Reject reject);
    }
}
