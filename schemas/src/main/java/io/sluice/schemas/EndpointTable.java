package io.sluice.schemas;

import static io.sluice.schemas.Sensitivity.NONE;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/** Method, service, host and path template under which exchanges belong together. */
public final class EndpointTable {
    public static final String ENDPOINT_ID = "endpoint_id";
    public static final String SERVICE = "service";
    public static final String DIRECTION = "direction";
    public static final String METHOD = "method";
    public static final String HOST = "host";
    public static final String TEMPLATE = "template";
    public static final String PARAMETERS = "parameters";
    public static final String EXCHANGE_COUNT = "exchange_count";
    public static final String ACTOR_COUNT = "actor_count";
    public static final String RUN_ID = "run_id";

    /** One parameter: {@code name}, {@code in} (path, query), {@code type}, {@code format}, distinct values seen. */
    public static final StructType PARAMETER = new StructType()
            .add("name", StringType, false)
            .add("in", StringType, false)
            .add("position", IntegerType, true, "segment number in the path, from 0; null for a query parameter")
            .add("type", StringType, false)
            .add("format", StringType, true)
            .add("cardinality", LongType, false);

    public static final TableSpec SPEC = TableSpec.table(
                    "endpoint", "Method, service, host and path template under which exchanges belong together.")
            .required(ENDPOINT_ID, StringType, NONE, "Hash of service, direction, method, host and template")
            .required(SERVICE, StringType, NONE, "The captured service")
            .required(DIRECTION, StringType, NONE, "IN or OUT")
            .required(METHOD, StringType, NONE, "Request method")
            .optional(HOST, StringType, NONE, "Host, lower case")
            .required(TEMPLATE, StringType, NONE, "Path template, e.g. /users/{user_id}")
            .required(PARAMETERS, new ArrayType(PARAMETER, false), NONE, "Parameters of path and query")
            .required(EXCHANGE_COUNT, LongType, NONE, "Exchanges of this endpoint")
            .required(ACTOR_COUNT, LongType, NONE, "Distinct actors that used it")
            .required(RUN_ID, StringType, NONE, "Run that learned it")
            .build();

    private EndpointTable() {}
}
