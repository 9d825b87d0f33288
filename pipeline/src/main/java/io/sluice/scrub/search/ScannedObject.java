package io.sluice.scrub.search;

import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/**
 * What came of reading one object to its end.
 *
 * @param bytes its length
 * @param sha256 hash of its bytes in hex, empty if they could not be read
 * @param decodedBytes what was looked at: its bytes, and the values and texts they decode to
 * @param hits the first of {@link #hitCount}
 * @param seen what each selector found that found something
 * @param problem why it could not be read in full, empty if it could
 */
public record ScannedObject(
        String name,
        long bytes,
        String sha256,
        long decodedBytes,
        List<Hit> hits,
        TreeMap<Integer, Seen> seen,
        String problem)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public boolean isReadInFull() {
        return problem.isEmpty();
    }

    public long hitCount() {
        return seen.values().stream().mapToLong(Seen::hits).sum();
    }

    /** All rows of a Parquet file in which a value stands, from 0, in order. */
    public List<Long> rows() {
        return seen.values().stream()
                .flatMap(one -> one.rows().stream())
                .sorted()
                .distinct()
                .toList();
    }

    /** What came of it for selectors {@code from} to {@code to - 1}, as if there were no others. */
    public ScannedObject of(int from, int to) {
        if (seen.isEmpty()) {
            return this;
        }
        TreeMap<Integer, Seen> some = new TreeMap<>(seen.subMap(from, to));
        List<Hit> theirs = hits.stream()
                .filter(hit -> hit.selector() >= from && hit.selector() < to)
                .toList();
        return new ScannedObject(name, bytes, sha256, decodedBytes, theirs, some, problem);
    }
}
