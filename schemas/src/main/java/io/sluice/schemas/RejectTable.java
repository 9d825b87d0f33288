package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Input that could not become an exchange, with its reason and place. */
public final class RejectTable {
    public static final String REJECT_ID = "reject_id";
    public static final String STAGE = "stage";
    public static final String REASON = "reason";
    public static final String DETAIL = "detail";
    public static final String SOURCE_FORMAT = "source_format";
    public static final String SOURCE_OBJECT = "source_object";
    public static final String SOURCE_POSITION = "source_position";
    public static final String SOURCE_OFFSET = "source_offset";
    public static final String REJECTED_AT = "rejected_at";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table(
                    "reject", "Input that could not become an exchange, with its reason and place.")
            .required(REJECT_ID, StringType, NONE, "Hash of place and reason: the same input is rejected once")
            .required(STAGE, StringType, NONE, "Where it was refused: import or ingest")
            .required(REASON, StringType, NONE, "Code of the reason, e.g. truncated, not_json, wrong_schema")
            .required(DETAIL, StringType, NONE, "One sentence for a person, without captured values")
            .optional(SOURCE_FORMAT, StringType, NONE, "Format it was read as")
            .required(SOURCE_OBJECT, StringType, NONE, "Capture or landing file it stands in")
            .optional(SOURCE_POSITION, LongType, NONE, "Entry number in that file, from 0; null: the file as a whole")
            .optional(SOURCE_OFFSET, LongType, NONE, "Byte offset in that file, where known")
            .required(REJECTED_AT, TimestampType, NONE, "When it was refused")
            .required(RUN_ID, StringType, NONE, "Run that refused it")
            .build();

    private RejectTable() {}
}
