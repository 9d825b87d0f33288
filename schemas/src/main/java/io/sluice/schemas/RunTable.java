package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** One execution of a job for this tenant. */
public final class RunTable {
    public static final String RUN_ID = "run_id";
    public static final String JOB = "job";
    public static final String RELEASE = "release";
    public static final String STATE = "state";
    public static final String STARTED_AT = "started_at";
    public static final String ENDED_AT = "ended_at";
    public static final String EXECUTOR_MS = "executor_ms";
    public static final String BYTES_READ = "bytes_read";
    public static final String BYTES_WRITTEN = "bytes_written";
    public static final String DOCUMENT = "document";

    public static final TableSpec SPEC = TableSpec.table("run", "One execution of a job for this tenant.")
            .required(RUN_ID, StringType, NONE, "Run")
            .required(JOB, StringType, NONE, "Command")
            .required(RELEASE, StringType, NONE, "Release that ran")
            .required(STATE, StringType, NONE, "DONE, PARTLY_DONE or FAILED")
            .required(STARTED_AT, TimestampType, NONE, "When it started")
            .required(ENDED_AT, TimestampType, NONE, "When it ended")
            .required(EXECUTOR_MS, LongType, NONE, "Sum of executor time")
            .required(BYTES_READ, LongType, NONE, "Bytes read by tasks")
            .required(BYTES_WRITTEN, LongType, NONE, "Bytes written by tasks")
            .required(DOCUMENT, StringType, NONE, "The run document as printed on standard output")
            .build();

    private RunTable() {}
}
