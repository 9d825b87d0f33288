package io.sluice.scrub.search;

import java.io.Serializable;
import java.util.List;

/**
 * What came of reading one object to its end.
 *
 * @param bytes its length
 * @param sha256 hash of its bytes in hex, empty if they could not be read
 * @param decodedBytes what was looked at: its bytes, and the values and texts they decode to
 * @param hits the first of {@code hitCount}
 * @param rows all rows of a Parquet file in which a value stands, from 0
 * @param keys what those rows have in the key column of the scan, each once; empty where the file has no such column
 * @param problem why it could not be read in full, empty if it could
 */
public record ScannedObject(
        String name,
        long bytes,
        String sha256,
        long decodedBytes,
        long hitCount,
        List<Hit> hits,
        List<Long> rows,
        List<String> keys,
        String problem)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public boolean isReadInFull() {
        return problem.isEmpty();
    }
}
