package io.sluice.lake;

import java.io.Serializable;
import java.time.Instant;

/** Where a run puts its landing files, and how it names them. */
record Landed(String folder, String runId, Instant startedAt) implements Serializable {
    private static final long serialVersionUID = 1L;
}
