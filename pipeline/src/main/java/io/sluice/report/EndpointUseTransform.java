package io.sluice.report;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.size;

import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.SessionStepTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Adds latency percentiles and status counts to the endpoints with the most exchanges. */
final class EndpointUseTransform {
    static final int ENDPOINTS = 200;

    static final String P50 = "p50_us";
    static final String P95 = "p95_us";
    static final String P99 = "p99_us";
    static final String MEASURED = "measured";
    static final String CLIENT_ERRORS = "client_errors";
    static final String SERVER_ERRORS = "server_errors";
    static final String UNANSWERED = "unanswered";
    static final String PARAMETER_COUNT = "parameter_count";

    private static final String PERCENTILES = "percentiles";
    private static final int ACCURACY = 1_000;

    private EndpointUseTransform() {}

    /**
     * Endpoints, session steps and exchanges -> the endpoint with {@code p50_us, p95_us, p99_us} and
     * counts over the exchanges that stand in a session; nulls where there are none.
     */
    static Dataset<Row> of(Dataset<Row> endpoints, Dataset<Row> steps, Dataset<Row> exchanges) {
        Dataset<Row> largest = endpoints
                .select(
                        col(EndpointTable.ENDPOINT_ID),
                        col(EndpointTable.SERVICE),
                        col(EndpointTable.DIRECTION),
                        col(EndpointTable.METHOD),
                        col(EndpointTable.HOST),
                        col(EndpointTable.TEMPLATE),
                        size(col(EndpointTable.PARAMETERS)).as(PARAMETER_COUNT),
                        col(EndpointTable.EXCHANGE_COUNT),
                        col(EndpointTable.ACTOR_COUNT))
                .orderBy(col(EndpointTable.EXCHANGE_COUNT).desc(), col(EndpointTable.ENDPOINT_ID))
                .limit(ENDPOINTS);
        Dataset<Row> use = steps.select(SessionStepTable.EXCHANGE_ID, SessionStepTable.ENDPOINT_ID)
                .join(broadcast(largest.select(EndpointTable.ENDPOINT_ID)), SessionStepTable.ENDPOINT_ID)
                .join(
                        exchanges.select(ExchangeTable.EXCHANGE_ID, ExchangeTable.STATUS, ExchangeTable.DURATION_US),
                        SessionStepTable.EXCHANGE_ID)
                .groupBy(SessionStepTable.ENDPOINT_ID)
                .agg(
                        count(lit(1)).as(MEASURED),
                        count_if(status().between(400, 499)).as(CLIENT_ERRORS),
                        count_if(status().geq(500)).as(SERVER_ERRORS),
                        count_if(status().isNull()).as(UNANSWERED),
                        percentile_approx(
                                        col(ExchangeTable.DURATION_US),
                                        array(lit(0.5), lit(0.95), lit(0.99)),
                                        lit(ACCURACY))
                                .as(PERCENTILES))
                .withColumn(P50, element_at(col(PERCENTILES), 1))
                .withColumn(P95, element_at(col(PERCENTILES), 2))
                .withColumn(P99, element_at(col(PERCENTILES), 3))
                .drop(PERCENTILES);
        return largest.join(broadcast(use), seq(EndpointTable.ENDPOINT_ID), "left")
                .orderBy(col(EndpointTable.EXCHANGE_COUNT).desc(), col(EndpointTable.ENDPOINT_ID));
    }

    private static String[] seq(String column) {
        return new String[] {column};
    }

    private static Column status() {
        return col(ExchangeTable.STATUS);
    }
}
