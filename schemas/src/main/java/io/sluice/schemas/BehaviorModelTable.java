package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/** Learned transitions, think times and mix of one cluster of sessions. */
public final class BehaviorModelTable {
    public static final String MODEL_ID = "model_id";
    public static final String CLUSTER = "cluster";
    public static final String NAME = "name";
    public static final String ALGORITHM = "algorithm";
    public static final String ALGORITHM_VERSION = "algorithm_version";
    public static final String SESSION_COUNT = "session_count";
    public static final String ACTOR_COUNT = "actor_count";
    public static final String WEIGHT = "weight";
    public static final String ARRIVALS_PER_MINUTE = "arrivals_per_minute";
    public static final String TRANSITIONS = "transitions";
    public static final String SOURCE_VERSION = "source_version";
    public static final String RUN_ID = "run_id";

    /** One transition; a null endpoint is the start ({@code from}) or the end ({@code to}) of a session. */
    public static final StructType TRANSITION = new StructType()
            .add("from_endpoint_id", StringType, true)
            .add("to_endpoint_id", StringType, true)
            .add("count", LongType, false)
            .add("probability", DoubleType, false)
            .add("think_time_ms", new ArrayType(LongType, false), false, "deciles 10 to 90 of the think time");

    public static final TableSpec SPEC = TableSpec.table(
                    "behavior_model", "Learned transitions, think times and mix of one cluster of sessions.")
            .required(MODEL_ID, StringType, NONE, "Hash of run and cluster")
            .required(CLUSTER, IntegerType, NONE, "Cluster number, 0 is the largest")
            .required(NAME, StringType, NONE, "Readable name made of the endpoints that set the cluster apart")
            .required(ALGORITHM, StringType, NONE, "e.g. kmeans+markov1")
            .required(ALGORITHM_VERSION, StringType, NONE, "Version of that algorithm")
            .required(SESSION_COUNT, LongType, NONE, "Sessions in the cluster")
            .required(ACTOR_COUNT, LongType, NONE, "Distinct actors in the cluster")
            .required(WEIGHT, DoubleType, NONE, "Share of all sessions, 0 to 1")
            .required(
                    ARRIVALS_PER_MINUTE, DoubleType, NONE, "Mean session starts per minute while traffic was captured")
            .required(TRANSITIONS, new ArrayType(TRANSITION, false), NONE, "First-order transitions")
            .required(SOURCE_VERSION, LongType, NONE, "Delta version of exchange it was learned from")
            .required(RUN_ID, StringType, NONE, "Run that learned it")
            .build();

    private BehaviorModelTable() {}
}
