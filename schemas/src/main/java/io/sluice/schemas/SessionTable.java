package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static io.sluice.schemas.Sensitivity.PSEUDONYM;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

/** Ordered exchanges of one actor without a long gap. */
public final class SessionTable {
    public static final String SESSION_ID = "session_id";
    public static final String ACTOR = "actor";
    public static final String ACTOR_KIND = "actor_kind";
    public static final String SERVICE = "service";
    public static final String STARTED_AT = "started_at";
    public static final String ENDED_AT = "ended_at";
    public static final String STEP_COUNT = "step_count";
    public static final String CLUSTER = "cluster";
    public static final String MODEL_ID = "model_id";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table(
                    "session", "Ordered exchanges of one actor without a long gap.")
            .required(SESSION_ID, StringType, NONE, "Hash of actor and first exchange")
            .required(ACTOR, StringType, PSEUDONYM, "Who sent the exchanges, as a pseudonym")
            .required(
                    ACTOR_KIND,
                    StringType,
                    NONE,
                    "Evidence for the actor: jwt, basic, api_key, token, cookie, login, address")
            .required(SERVICE, StringType, NONE, "The captured service")
            .required(STARTED_AT, TimestampType, NONE, "Capture time of the first exchange")
            .required(ENDED_AT, TimestampType, NONE, "End of the last response")
            .required(STEP_COUNT, IntegerType, NONE, "Exchanges in the session")
            .optional(CLUSTER, IntegerType, NONE, "Behavior cluster, where the session was used for learning")
            .optional(MODEL_ID, StringType, NONE, "Behavior model of that cluster")
            .required(RUN_ID, StringType, NONE, "Run that learned it")
            .subjects(ACTOR)
            .build();

    private SessionTable() {}
}
