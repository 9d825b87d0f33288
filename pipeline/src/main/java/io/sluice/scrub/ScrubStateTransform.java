package io.sluice.scrub;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.sluice.schemas.ScrubRequestTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of {@code scrub_request}, one per change of state -> one per request, as it stands now: its columns and {@code begun_at}. */
public final class ScrubStateTransform {
    /** When work on the request began; null if it has not. */
    public static final String BEGUN_AT = "begun_at";

    private static final String LAST = "last";

    private ScrubStateTransform() {}

    public static Dataset<Row> apply(Dataset<Row> requests) {
        return requests.groupBy(ScrubRequestTable.REQUEST_ID)
                .agg(
                        max_by(struct("*"), col(ScrubRequestTable.AT)).as(LAST),
                        min(when(
                                        col(ScrubRequestTable.STATE).equalTo(ScrubState.SCRUBBING.name()),
                                        col(ScrubRequestTable.AT)))
                                .as(BEGUN_AT))
                .select(LAST + ".*", BEGUN_AT);
    }
}
