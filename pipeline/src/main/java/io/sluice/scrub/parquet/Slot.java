package io.sluice.scrub.parquet;

import java.util.BitSet;

/**
 * Where a data page lies in a file and which rows of its row group it holds: {@code rows} rows begin in it after
 * {@code rowsBefore}, and where {@code mayContinue}, its first entries may still belong to the row before.
 */
record Slot(long offset, int length, int rowsBefore, int rows, boolean mayContinue) {
    boolean holdsOneOf(BitSet wanted) {
        int first = mayContinue ? Math.max(0, rowsBefore - 1) : rowsBefore;
        int next = wanted.nextSetBit(first);
        return next >= 0 && next < rowsBefore + rows;
    }
}
