package io.sluice.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ExchangeRows;
import io.sluice.SparkExtension;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class EndpointTransformTest {
    private final SparkSession spark;

    EndpointTransformTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void givesEveryDistinctPathItsTemplate() {
        Dataset<Row> exchanges = new ExchangeRows()
                .add("GET", "/users")
                .add("GET", "/users/ada")
                .add("GET", "/users/bob7")
                .add("GET", "/users/ada")
                .add("GET", "/users/ada/orders/17")
                .add("GET", "/users/carol/orders/18")
                .in(spark);

        List<String> rows = EndpointTransform.templates(exchanges)
                .selectExpr("concat_ws(' ', method, path, template, exchanges)")
                .as(Encoders.STRING())
                .collectAsList();

        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "GET /users /users 1",
                        "GET /users/ada /users/{user_id} 2",
                        "GET /users/bob7 /users/{user_id} 1",
                        "GET /users/ada/orders/17 /users/{user_id}/orders/{order_id} 1",
                        "GET /users/carol/orders/18 /users/{user_id}/orders/{order_id} 1");
    }

    @Test
    void assignsEveryExchangeOnceAlsoWithoutHost() {
        Dataset<Row> exchanges = new ExchangeRows()
                .add("GET", "/orders/1")
                .add("GET", "/orders/2")
                .add("DELETE", "/orders/2")
                .add("GET", "/orders/2")
                .with(ExchangeTable.HOST, "other.test")
                .add("GET", "/orders/3")
                .in(spark)
                .selectExpr("* EXCEPT (host)", "if(exchange_id = 'x5', null, host) as host");
        Dataset<Row> templates = EndpointTransform.templates(exchanges);

        List<Row> assigned = EndpointTransform.assign(exchanges, templates)
                .orderBy(ExchangeTable.EXCHANGE_ID)
                .collectAsList();

        assertThat(assigned).extracting(row -> row.getString(0)).containsExactly("x1", "x2", "x3", "x4", "x5");
        assertThat(assigned.get(0).getString(1))
                .isEqualTo(assigned.get(1).getString(1))
                .hasSize(32);
        assertThat(assigned).extracting(row -> row.getString(1)).doesNotContainNull();
        assertThat(assigned.stream().map(row -> row.getString(1)).distinct()).hasSize(4);
    }

    @Test
    void trustsTheRouteThatACaptureKnew() {
        Dataset<Row> exchanges = new ExchangeRows()
                .add("GET", "/pages/home")
                .with(ExchangeTable.ROUTE, "/pages/:slug")
                .add("GET", "/pages/terms")
                .with(ExchangeTable.ROUTE, "/pages/:slug")
                .add("GET", "/status/42")
                .with(ExchangeTable.ROUTE, "/status/42")
                .in(spark);

        List<String> templates = EndpointTransform.templates(exchanges)
                .select(EndpointTable.TEMPLATE)
                .as(Encoders.STRING())
                .collectAsList();

        assertThat(templates).containsExactlyInAnyOrder("/pages/{slug}", "/pages/{slug}", "/status/42");
    }

    @Test
    void describesAnEndpointWithItsParametersAndActors() {
        Dataset<Row> exchanges = new ExchangeRows()
                .add("GET", "/orders/1")
                .with(ExchangeTable.QUERY, "full=true&lang=en")
                .add("GET", "/orders/2")
                .with(ExchangeTable.QUERY, "full=false&lang=")
                .add("GET", "/orders/2")
                .in(spark);
        Dataset<Row> actors = exchanges.selectExpr("exchange_id", "if(exchange_id = 'x1', 'a', 'b') as actor");
        Dataset<Row> templates = EndpointTransform.templates(exchanges);

        Dataset<Row> endpoints = EndpointTransform.endpoints(exchanges, templates, actors);

        assertThat(endpoints
                        .selectExpr("* EXCEPT (endpoint_id)")
                        .as("e")
                        .toJSON()
                        .collectAsList())
                .containsExactly("{\"service\":\"shop\",\"direction\":\"IN\",\"method\":\"GET\",\"host\":\"shop.test\","
                        + "\"template\":\"/orders/{order_id}\",\"parameters\":["
                        + "{\"name\":\"order_id\",\"in\":\"path\",\"position\":1,\"type\":\"integer\",\"cardinality\":2},"
                        + "{\"name\":\"full\",\"in\":\"query\",\"type\":\"boolean\",\"cardinality\":2},"
                        + "{\"name\":\"lang\",\"in\":\"query\",\"type\":\"string\",\"cardinality\":2}],"
                        + "\"exchange_count\":3,\"actor_count\":2}");
    }

    @Test
    void hasNoParametersWhereNothingVaries() {
        Dataset<Row> exchanges = new ExchangeRows().add("GET", "/health").in(spark);
        Dataset<Row> actors = exchanges.selectExpr("exchange_id", "'a' as actor");

        List<Row> endpoints = EndpointTransform.endpoints(exchanges, EndpointTransform.templates(exchanges), actors)
                .select(EndpointTable.TEMPLATE, EndpointTable.PARAMETERS, EndpointTable.ACTOR_COUNT)
                .collectAsList();

        assertThat(endpoints.toString()).isEqualTo("[[/health,ArraySeq(),1]]");
    }
}
