package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static io.sluice.schemas.Sensitivity.PERSONAL;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** A generated sequence of steps to replay. */
public final class ScenarioTable {
    public static final String SCENARIO_ID = "scenario_id";
    public static final String NAME = "name";
    public static final String MODEL_ID = "model_id";
    public static final String ALGORITHM = "algorithm";
    public static final String ALGORITHM_VERSION = "algorithm_version";
    public static final String WEIGHT = "weight";
    public static final String DOCUMENT = "document";
    public static final String SOURCE_VERSION = "source_version";
    public static final String K = "k";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table("scenario", "A generated sequence of steps to replay.")
            .required(SCENARIO_ID, StringType, NONE, "Hash of model and document")
            .required(NAME, StringType, NONE, "Readable name")
            .required(MODEL_ID, StringType, NONE, "Behavior model it stands for")
            .required(ALGORITHM, StringType, NONE, "e.g. medoid-session")
            .required(ALGORITHM_VERSION, StringType, NONE, "Version of that algorithm")
            .required(WEIGHT, DoubleType, NONE, "Share of the workload, 0 to 1")
            .required(DOCUMENT, StringType, PERSONAL, "The scenario as JSON, valid against scenario.schema.json")
            .required(SOURCE_VERSION, LongType, NONE, "Delta version of exchange it was learned from")
            .required(K, IntegerType, NONE, "Every literal in it was used by at least this many actors")
            .required(RUN_ID, StringType, NONE, "Run that generated it")
            .subjects(DOCUMENT)
            .build();

    private ScenarioTable() {}
}
