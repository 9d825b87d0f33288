package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.TableSpec;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class EndpointUseTransformTest {
    private final ShopRows rows = new ShopRows();

    @Test
    void measuresTheExchangesOfEachEndpoint(SparkSession spark) {
        endpoint("list", 4);
        endpoint("silent", 9);
        exchange("list", 200, 1_000);
        exchange("list", 404, 2_000);
        exchange("list", 500, 3_000);
        exchange("list", null, 90_000);

        List<Row> use = EndpointUseTransform.of(
                        table(spark, EndpointTable.SPEC),
                        table(spark, SessionStepTable.SPEC),
                        table(spark, ExchangeTable.SPEC))
                .select(
                        EndpointTable.ENDPOINT_ID,
                        EndpointUseTransform.MEASURED,
                        EndpointUseTransform.CLIENT_ERRORS,
                        EndpointUseTransform.SERVER_ERRORS,
                        EndpointUseTransform.UNANSWERED,
                        EndpointUseTransform.P50,
                        EndpointUseTransform.P99)
                .collectAsList();

        assertThat(use)
                .extracting(Row::toString)
                .containsExactly("[silent,null,null,null,null,null,null]", "[list,4,1,1,1,2000,90000]");
    }

    private Dataset<Row> table(SparkSession spark, TableSpec table) {
        return spark.createDataFrame(rows.of(table), table.schema());
    }

    private void endpoint(String id, long exchanges) {
        rows.add(EndpointTable.SPEC).set(EndpointTable.ENDPOINT_ID, id).set(EndpointTable.EXCHANGE_COUNT, exchanges);
    }

    private void exchange(String endpoint, @Nullable Integer status, long micros) {
        String id = "x" + micros;
        rows.add(ExchangeTable.SPEC)
                .set(ExchangeTable.EXCHANGE_ID, id)
                .set(ExchangeTable.STATUS, status)
                .set(ExchangeTable.DURATION_US, micros);
        rows.add(SessionStepTable.SPEC)
                .set(SessionStepTable.EXCHANGE_ID, id)
                .set(SessionStepTable.ENDPOINT_ID, endpoint);
    }
}
