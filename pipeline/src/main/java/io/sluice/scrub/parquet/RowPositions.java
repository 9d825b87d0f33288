package io.sluice.scrub.parquet;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.LongStream;

/** Rows of one file by their position in it, from 0. */
public final class RowPositions {
    private final long[] sorted;

    private RowPositions(long[] sorted) {
        this.sorted = sorted;
    }

    /** In any order, each as often as it likes. */
    public static RowPositions of(long... positions) {
        long[] sorted = Arrays.stream(positions).sorted().distinct().toArray();
        if (sorted.length > 0 && sorted[0] < 0) {
            throw new IllegalArgumentException("a row has the position " + sorted[0]);
        }
        return new RowPositions(sorted);
    }

    /** These and those of {@code others}. */
    public RowPositions and(RowPositions others) {
        return of(LongStream.concat(Arrays.stream(sorted), Arrays.stream(others.sorted))
                .toArray());
    }

    public int count() {
        return sorted.length;
    }

    public boolean contains(long position) {
        return Arrays.binarySearch(sorted, position) >= 0;
    }

    /** The last position, or -1 where there is none. */
    public long last() {
        return sorted.length == 0 ? -1 : sorted[sorted.length - 1];
    }

    /** Those of {@code count} rows from {@code first}, counted from there. */
    BitSet within(long first, int count) {
        BitSet rows = new BitSet();
        int found = Arrays.binarySearch(sorted, first);
        for (int i = found < 0 ? -found - 1 : found; i < sorted.length && sorted[i] < first + count; i++) {
            rows.set((int) (sorted[i] - first));
        }
        return rows;
    }
}
