package io.sluice.scrub.search;

import java.io.Serializable;
import java.util.List;

/**
 * What came of reading one object to its end.
 *
 * @param bytes its length
 * @param decodedBytes what was looked at: its bytes, and the values and texts they decode to
 * @param hits the first of {@code hitCount}
 * @param problem why it could not be read in full, empty if it could
 */
public record ScannedObject(String name, long bytes, long decodedBytes, long hitCount, List<Hit> hits, String problem)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public boolean isReadInFull() {
        return problem.isEmpty();
    }
}
