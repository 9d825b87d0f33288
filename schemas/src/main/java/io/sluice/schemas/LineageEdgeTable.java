package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** A run read or wrote an object at a version. */
public final class LineageEdgeTable {
    public static final String RUN_ID = "run_id";
    public static final String JOB = "job";
    public static final String ACCESS = "access";
    public static final String OBJECT = "object";
    public static final String VERSION = "version";
    public static final String RECORDED_AT = "recorded_at";

    public static final TableSpec SPEC = TableSpec.table("lineage_edge", "A run read or wrote an object at a version.")
            .required(RUN_ID, StringType, NONE, "Run")
            .required(JOB, StringType, NONE, "Command")
            .required(ACCESS, StringType, NONE, "READ or WRITE")
            .required(OBJECT, StringType, NONE, "e.g. table:exchange, landing:<file>, export:<file>")
            .optional(VERSION, LongType, NONE, "Delta version, for a table")
            .required(RECORDED_AT, TimestampType, NONE, "When it was recorded")
            .build();

    private LineageEdgeTable() {}
}
