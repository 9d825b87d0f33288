package io.sluice.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.ExchangeRows;
import io.sluice.SparkExtension;
import io.sluice.schemas.ExchangeTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class SessionTransformTest {
    private final SparkSession spark;

    SessionTransformTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void splitsWhenThePauseExceedsTheGap() {
        ExchangeRows rows = new ExchangeRows()
                .add("GET", "/a")
                .at("2026-03-01T10:00:00Z")
                .with(ExchangeTable.DURATION_US, 60_000_000L)
                .add("GET", "/b")
                .at("2026-03-01T10:31:00Z")
                .add("GET", "/c")
                .at("2026-03-01T11:01:00.001Z");

        assertThat(steps(rows)).containsExactly("x1 s1 0 null", "x2 s1 1 1800000", "x3 s2 0 null");
    }

    @Test
    void ordersByCaptureTimeThenIdAndNeverThinksBackwards() {
        ExchangeRows rows = new ExchangeRows()
                .add("GET", "/late")
                .at("2026-03-01T10:00:05Z")
                .add("GET", "/long")
                .at("2026-03-01T10:00:00Z")
                .with(ExchangeTable.DURATION_US, 2_000_000L)
                .add("GET", "/beside")
                .at("2026-03-01T10:00:01Z")
                .add("GET", "/same-time")
                .at("2026-03-01T10:00:05Z");

        assertThat(steps(rows)).containsExactly("x2 s1 0 null", "x3 s1 1 0", "x1 s1 2 4000", "x4 s1 3 0");
    }

    @Test
    void keepsActorsAndServicesApartAndLeavesOutboundOut() {
        ExchangeRows rows = new ExchangeRows()
                .add("GET", "/a")
                .add("GET", "/b")
                .with(ExchangeTable.CLIENT_ADDRESS, "other")
                .add("GET", "/c")
                .with(ExchangeTable.SERVICE, "stock")
                .add("GET", "/d")
                .with(ExchangeTable.DIRECTION, "OUT");

        assertThat(steps(rows)).containsExactlyInAnyOrder("x1 s1 0 null", "x2 s2 0 null", "x3 s3 0 null");
    }

    @Test
    void describesASession() {
        ExchangeRows rows = new ExchangeRows()
                .add("GET", "/a")
                .at("2026-03-01T10:00:00Z")
                .with(ExchangeTable.DURATION_US, 9_000_000L)
                .add("GET", "/b")
                .at("2026-03-01T10:00:01Z")
                .with(ExchangeTable.DURATION_US, 500_000L);

        assertThat(SessionTransform.sessions(ordered(rows))
                        .selectExpr("* EXCEPT (session_id)")
                        .toJSON()
                        .collectAsList())
                .containsExactly("{\"actor\":\"a\",\"actor_kind\":\"token\",\"service\":\"shop\","
                        + "\"started_at\":\"2026-03-01T10:00:00.000Z\",\"ended_at\":\"2026-03-01T10:00:09.000Z\","
                        + "\"step_count\":2}");
    }

    @Test
    void surviveTheFirstAndTheLastYear() {
        ExchangeRows rows = new ExchangeRows()
                .add("GET", "/a")
                .at("0001-01-03T00:00:00Z")
                .add("GET", "/b")
                .at("9999-12-31T23:59:59Z");

        assertThat(steps(rows)).containsExactly("x1 s1 0 null", "x2 s2 0 null");
    }

    private List<String> steps(ExchangeRows rows) {
        Map<String, String> sessions = new HashMap<>();
        return SessionTransform.steps(ordered(rows))
                .orderBy(ExchangeTable.CAPTURED_AT, ExchangeTable.EXCHANGE_ID)
                .collectAsList()
                .stream()
                .map(row -> row.getAs("exchange_id") + " "
                        + sessions.computeIfAbsent(row.getAs("session_id"), id -> "s" + (sessions.size() + 1)) + " "
                        + row.getAs("step_index") + " " + row.getAs("think_time_ms"))
                .toList();
    }

    private Dataset<Row> ordered(ExchangeRows rows) {
        Dataset<Row> exchanges = rows.in(spark);
        Dataset<Row> actors = exchanges.selectExpr(
                "exchange_id", "if(client_address = 'other', 'b', 'a') as actor", "'token' as actor_kind");
        Dataset<Row> endpoints = exchanges.selectExpr("exchange_id", "'e' as endpoint_id");
        return SessionTransform.ordered(exchanges, actors, endpoints, Duration.ofMinutes(30));
    }
}
