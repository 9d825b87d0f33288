package io.sluice.redaction;

import org.apache.spark.sql.Row;

/** What must be known of the redacted rows of a batch before they are written: how many, how many alike, from when to when. */
public record BatchFacts(long rows, long rejected, long families, String firstId, String lastId) {
    /** Reads the one row of {@link BatchTransform#facts}. */
    public static BatchFacts of(Row row) {
        return new BatchFacts(row.getLong(0), row.getLong(1), row.getLong(2), row.getString(3), row.getString(4));
    }

    /** Whether no two rows of the batch have the same id. */
    public boolean allDiffer() {
        return families == rows - rejected;
    }
}
