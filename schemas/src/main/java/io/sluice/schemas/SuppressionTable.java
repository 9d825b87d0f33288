package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** An identifier that was scrubbed and may not come back: ingest refuses exchanges in which it stands, or masks it. */
public final class SuppressionTable {
    public static final String SUPPRESSION_HASH = "suppression_hash";
    public static final String REQUEST_ID = "request_id";
    public static final String SINCE = "since";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table(
                    "suppression",
                    "An identifier that was scrubbed and may not come back: ingest refuses exchanges in which it stands, or"
                            + " masks it.")
            .required(
                    SUPPRESSION_HASH,
                    StringType,
                    NONE,
                    "Keyed hash of the identifier's hash in the blind index, under one key where it is refused, another where it is masked")
            .required(REQUEST_ID, StringType, NONE, "Scrub request that asked for it")
            .required(SINCE, TimestampType, NONE, "When it began")
            .required(RUN_ID, StringType, NONE, "Run that wrote the row")
            .build();

    private SuppressionTable() {}
}
