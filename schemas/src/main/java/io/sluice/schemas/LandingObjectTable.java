package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** A landing file that ingest has taken up, in which batch, and whether it was accepted. */
public final class LandingObjectTable {
    public static final String OBJECT = "object";
    public static final String BYTES = "bytes";
    public static final String MODIFIED_AT = "modified_at";
    public static final String BATCH = "batch";
    public static final String STATE = "state";
    public static final String REASON = "reason";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table(
                    "landing_object",
                    "A landing file that ingest has taken up, in which batch, and whether it was accepted.")
            .required(OBJECT, StringType, NONE, "Name of the landing file")
            .required(BYTES, LongType, NONE, "Its length when taken up")
            .required(MODIFIED_AT, TimestampType, NONE, "Its modification time when taken up")
            .required(
                    BATCH, LongType, NONE, "Ingest batch, from 1; the batch number makes each table write exactly once")
            .required(STATE, StringType, NONE, "ACCEPTED or REJECTED")
            .optional(REASON, StringType, NONE, "Why it was rejected")
            .required(RUN_ID, StringType, NONE, "Run that took it up")
            .build();

    private LandingObjectTable() {}
}
