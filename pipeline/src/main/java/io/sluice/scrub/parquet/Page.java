package io.sluice.scrub.parquet;

import java.util.Arrays;
import org.apache.parquet.io.api.Binary;

/**
 * A data page taken apart: the levels of each entry, and the values of those entries that have one. A value is held as
 * the bytes of Parquet's plain encoding without a length, whatever its type, so that no bit of it can change.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Page(int[] repetition, int[] definition, Binary[] values) {
    int entries() {
        return definition.length;
    }

    /** Rows that begin in this page. */
    int rows() {
        int rows = 0;
        for (int level : repetition) {
            rows += level == 0 ? 1 : 0;
        }
        return rows;
    }

    boolean holdsTheSameAs(Page other) {
        return Arrays.equals(definition, other.definition)
                && Arrays.equals(repetition, other.repetition)
                && Arrays.equals(values, other.values);
    }

    int nulls() {
        return definition.length - values.length;
    }
}
