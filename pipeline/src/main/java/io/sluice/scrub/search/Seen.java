package io.sluice.scrub.search;

import java.io.Serializable;
import java.util.List;

/**
 * What one selector found in one object.
 *
 * @param hits how often
 * @param rows those of a Parquet file in which it was, from 0, in order
 * @param keys what these rows have in the key column of the scan, each once; empty where the file has no such column
 */
public record Seen(long hits, List<Long> rows, List<String> keys) implements Serializable {
    private static final long serialVersionUID = 1L;
}
