package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

/** A value that a later request of the session needs, with how sure that is. */
public final class DependencyTable {
    public static final String PRODUCER_ENDPOINT_ID = "producer_endpoint_id";
    public static final String PRODUCER_PART = "producer_part";
    public static final String PRODUCER_LOCATION = "producer_location";
    public static final String CONSUMER_ENDPOINT_ID = "consumer_endpoint_id";
    public static final String CONSUMER_LOCATION = "consumer_location";
    public static final String SUPPORT = "support";
    public static final String CONFIDENCE = "confidence";
    public static final String P_VALUE = "p_value";
    public static final String SCOPE = "scope";
    public static final String RUN_ID = "run_id";

    public static final TableSpec SPEC = TableSpec.table(
                    "dependency", "A value that a later request of the session needs, with how sure that is.")
            .required(PRODUCER_ENDPOINT_ID, StringType, NONE, "Endpoint whose exchange first holds the value")
            .required(
                    PRODUCER_PART, StringType, NONE, "response: the server made the value; request: the actor chose it")
            .required(PRODUCER_LOCATION, StringType, NONE, "JSONPath, header:Name, cookie:name, path:name, query:name")
            .required(CONSUMER_ENDPOINT_ID, StringType, NONE, "Endpoint whose request needs the value")
            .required(CONSUMER_LOCATION, StringType, NONE, "path:name, query:name, header:Name, cookie:name, JSONPath")
            .required(SUPPORT, LongType, NONE, "Sessions in which the value flowed")
            .required(
                    CONFIDENCE, DoubleType, NONE, "Share of the consumer requests after a producer that used its value")
            .required(P_VALUE, DoubleType, NONE, "Probability of so many matches by chance")
            .required(SCOPE, StringType, NONE, "session or global")
            .required(RUN_ID, StringType, NONE, "Run that learned it")
            .build();

    private DependencyTable() {}
}
