package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** How near a model or a replay is to held-out real traffic, measured. */
public final class FidelityTable {
    public static final String MODEL_ID = "model_id";
    public static final String METRIC = "metric";
    public static final String BETTER = "better";
    public static final String VALUE = "value";
    public static final String BASELINE_NAME = "baseline_name";
    public static final String BASELINE = "baseline";
    public static final String SAMPLE_COUNT = "sample_count";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table(
                    "fidelity", "How near a model or a replay is to held-out real traffic, measured.")
            .optional(MODEL_ID, StringType, NONE, "Behavior model; null: all of them together")
            .required(METRIC, StringType, NONE, "What was measured, e.g. transition_log_loss")
            .required(BETTER, StringType, NONE, "lower or higher")
            .required(VALUE, DoubleType, NONE, "The measurement")
            .required(BASELINE_NAME, StringType, NONE, "What it is compared with")
            .required(BASELINE, DoubleType, NONE, "The same measurement for the baseline")
            .required(SAMPLE_COUNT, LongType, NONE, "Held-out sessions or steps measured")
            .required(RUN_ID, StringType, NONE, "Run that measured it")
            .build();

    private FidelityTable() {}
}
