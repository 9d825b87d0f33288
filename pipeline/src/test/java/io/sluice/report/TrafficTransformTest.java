package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import io.sluice.schemas.ExchangeTable;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SparkExtension.class)
class TrafficTransformTest {
    private static final long NINE = Instant.parse("2026-03-02T09:00:00Z").getEpochSecond();

    private final ShopRows rows = new ShopRows();

    @Test
    void countsByBucketAndStatusClass(SparkSession spark) {
        exchange("2026-03-02T09:00:00Z", 200);
        exchange("2026-03-02T09:00:04Z", 204);
        exchange("2026-03-02T09:00:09Z", 503);
        exchange("2026-03-02T09:20:00Z", null);
        exchange("2026-03-02T09:20:01Z", 101);

        assertThat(buckets(spark))
                .containsExactly(
                        RowFactory.create(NINE, 5L, "2xx", 2L),
                        RowFactory.create(NINE + 5, 5L, "5xx", 1L),
                        RowFactory.create(NINE + 1200, 5L, "none", 1L),
                        RowFactory.create(NINE + 1200, 5L, "other", 1L));
    }

    @Test
    void leavesOutClocksFromAnotherCentury(SparkSession spark) {
        for (int i = 0; i < 400; i++) {
            exchange("2026-03-02T09:00:00Z", 200);
        }
        exchange("0001-01-03T00:00:00Z", 200);
        exchange("9999-12-30T00:00:00Z", 200);

        assertThat(buckets(spark)).containsExactly(RowFactory.create(NINE, 30L, "2xx", 400L));
    }

    @Test
    void neverMakesMoreBucketsThanItPromises(SparkSession spark) {
        for (int second = 0; second < 30_001; second += 50) {
            exchange(Instant.ofEpochSecond(NINE + 13 + second).toString(), 200);
        }

        assertThat(buckets(spark)).hasSizeBetween(100, TrafficTransform.BUCKETS);
    }

    private List<Row> buckets(SparkSession spark) {
        Dataset<Row> exchanges = spark.createDataFrame(rows.of(ExchangeTable.SPEC), ExchangeTable.SPEC.schema());
        return TrafficTransform.of(exchanges).collectAsList();
    }

    private void exchange(String at, @Nullable Integer status) {
        rows.add(ExchangeTable.SPEC)
                .set(ExchangeTable.CAPTURED_AT, Timestamp.from(Instant.parse(at)))
                .set(ExchangeTable.STATUS, status);
    }
}
