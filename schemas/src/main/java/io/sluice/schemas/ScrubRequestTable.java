package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** A state that a scrub request came into; the newest row of a request tells how it stands. */
public final class ScrubRequestTable {
    public static final String REQUEST_ID = "request_id";
    public static final String STATE = "state";
    public static final String AT = "at";
    public static final String RECEIVED_AT = "received_at";
    public static final String DUE_AT = "due_at";
    public static final String BASIS = "basis";
    public static final String REQUEST_HASH = "request_hash";
    public static final String SELECTORS = "selectors";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table(
                    "scrub_request",
                    "A state that a scrub request came into; the newest row of a request tells how it stands.")
            .required(REQUEST_ID, StringType, NONE, "The request's own id")
            .required(
                    STATE,
                    StringType,
                    NONE,
                    "RECEIVED, PLANNED, SCRUBBING, PURGING, VERIFYING, DONE, PARTLY_DONE, REFUSED or FAILED")
            .required(AT, TimestampType, NONE, "When it came into that state")
            .required(RECEIVED_AT, TimestampType, NONE, "When the demand arrived")
            .required(DUE_AT, TimestampType, NONE, "When it must be done")
            .required(BASIS, StringType, NONE, "Why, e.g. GDPR Art. 17")
            .required(
                    REQUEST_HASH,
                    StringType,
                    NONE,
                    "Keyed hash of all that it asks for: the same id means the same demand")
            .required(SELECTORS, LongType, NONE, "Number of its selectors")
            .required(RUN_ID, StringType, NONE, "Run that wrote the row")
            .build();

    private ScrubRequestTable() {}
}
