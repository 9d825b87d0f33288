package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** One exchange as a step of its session. */
public final class SessionStepTable {
    public static final String SESSION_ID = "session_id";
    public static final String STEP_INDEX = "step_index";
    public static final String EXCHANGE_ID = "exchange_id";
    public static final String ENDPOINT_ID = "endpoint_id";
    public static final String CAPTURED_AT = "captured_at";
    public static final String STATUS = "status";
    public static final String THINK_TIME_MS = "think_time_ms";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table("session_step", "One exchange as a step of its session.")
            .required(SESSION_ID, StringType, NONE, "Session")
            .required(STEP_INDEX, IntegerType, NONE, "Place in the session by capture time, from 0")
            .required(EXCHANGE_ID, StringType, NONE, "Exchange")
            .required(ENDPOINT_ID, StringType, NONE, "Endpoint of the exchange")
            .required(CAPTURED_AT, TimestampType, NONE, "Capture time of the exchange")
            .optional(STATUS, IntegerType, NONE, "Response status")
            .optional(THINK_TIME_MS, LongType, NONE, "Pause since the previous response in ms; null for the first step")
            .required(RUN_ID, StringType, NONE, "Run that learned it")
            .build();

    private SessionStepTable() {}
}
