package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.RejectTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestJobTest {
    @TempDir
    private Path folder;

    private IngestLake lake;

    @BeforeEach
    void open() {
        lake = new IngestLake(folder);
    }

    @Test
    void takesEachFileOnceAndEachExchangeOnce() throws IOException {
        lake.land("a.parquet", LandedExchange.exchanges(0, 3));
        JsonNode first = lake.ingest(ExitCode.DONE).get("result");
        assertThat(first.get("exchangesAppended").asLong()).isEqualTo(3);

        lake.land("b.parquet", LandedExchange.exchanges(2, 5));
        lake.land("c.parquet", LandedExchange.exchanges(4, 6));
        JsonNode second = lake.ingest(ExitCode.DONE).get("result");
        assertThat(second.get("filesAccepted").asLong()).isEqualTo(2);
        assertThat(second.get("rowsRead").asLong()).isEqualTo(5);
        assertThat(second.get("exchangesAppended").asLong()).isEqualTo(3);
        assertThat(second.get("duplicates").asLong()).isEqualTo(2);
        assertThat(lake.ingest(ExitCode.DONE).get("result").get("batches").asLong())
                .isZero();

        List<Row> rows =
                lake.table("exchange").orderBy(ExchangeTable.EXCHANGE_ID).collectAsList();
        assertThat(rows)
                .extracting(row -> row.<String>getAs(ExchangeTable.PATH))
                .containsExactly("/books/0", "/books/1", "/books/2", "/books/3", "/books/4", "/books/5");
        assertThat(rows.get(0).<String>getAs(ExchangeTable.EXCHANGE_ID))
                .matches("019ca8d7-2d00-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{8}0000");
        assertThat(rows.get(0).<Object>getAs(ExchangeTable.CAPTURED_DATE)).hasToString("2026-03-01");
    }

    @Test
    void keepsExchangesThatAreAlikeInEverythingButTheirPlace() throws IOException {
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        LandedExchange[] alike = Stream.of(0L, 1L, 2L)
                .map(position -> new LandedExchange(position)
                        .with(ExchangeTable.PATH, "/health")
                        .with(ExchangeTable.CAPTURED_AT, at))
                .toArray(LandedExchange[]::new);
        lake.land("a.parquet", alike[0], alike[1]);
        assertThat(lake.ingest(ExitCode.DONE).at("/result/exchangesAppended").asLong())
                .isEqualTo(2);
        lake.land("again.parquet", alike);
        JsonNode again = lake.ingest(ExitCode.DONE).get("result");
        assertThat(again.get("exchangesAppended").asLong()).isEqualTo(1);
        assertThat(again.get("duplicates").asLong()).isEqualTo(2);
        assertThat(lake.table("exchange")
                        .select(ExchangeTable.EXCHANGE_ID)
                        .distinct()
                        .count())
                .isEqualTo(3);
        lake.land(
                "copy.parquet",
                Stream.of(alike)
                        .map(row -> row.with(ExchangeTable.SOURCE_OBJECT, "copy.har"))
                        .toArray(LandedExchange[]::new));
        assertThat(lake.ingest(ExitCode.DONE).at("/result/duplicates").asLong()).isEqualTo(3);
    }

    @Test
    void plansWithoutWriting() throws IOException {
        lake.land("a.parquet", LandedExchange.exchanges(0, 3));
        JsonNode plan = lake.ingest(ExitCode.DONE, "--plan-only").get("plan");
        assertThat(plan.get("newBatches").asLong()).isEqualTo(1);
        assertThat(plan.get("filesAccepted").asLong()).isEqualTo(1);
        assertThat(lake.tenant().resolve("tables/exchange")).doesNotExist();
    }

    @Test
    void rejectsRowsWithTheirPlace() throws IOException {
        lake.land(
                "a.parquet",
                new LandedExchange(0),
                new LandedExchange(1).with(ExchangeTable.METHOD, null),
                new LandedExchange(2).with(ExchangeTable.CAPTURED_AT, Instant.parse("0001-01-01T00:00:00Z")),
                new LandedExchange(3).with(ExchangeTable.CAPTURED_AT, Instant.parse("9999-12-31T23:59:59Z")),
                new LandedExchange(4).with(ExchangeTable.DIRECTION, "SIDEWAYS"),
                new LandedExchange(5).with(ExchangeTable.SOURCE_OBJECT, null));
        JsonNode result = lake.ingest(ExitCode.DONE_IN_PART).get("result");
        assertThat(result.get("exchangesAppended").asLong()).isEqualTo(1);
        assertThat(result.get("rowsRejected").asLong()).isEqualTo(5);
        assertThat(lake.table("reject").orderBy(RejectTable.SOURCE_POSITION).collectAsList())
                .extracting(row -> row.getAs(RejectTable.SOURCE_OBJECT)
                        + " " + row.getAs(RejectTable.SOURCE_POSITION)
                        + " " + row.getAs(RejectTable.REASON))
                .containsExactly(
                        "capture.har 1 missing_value",
                        "capture.har 2 time_out_of_range",
                        "capture.har 3 time_out_of_range",
                        "capture.har 4 wrong_value",
                        "a.parquet 5 missing_value");
    }
}
