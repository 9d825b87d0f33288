package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.lake.SessionSettings;
import io.sluice.lake.TenantTables;
import io.sluice.lineage.Run;
import io.sluice.redaction.LandedIdTransform;
import io.sluice.schemas.ExchangeTable;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LandedIdTransformTest {
    private static final int ROWS = 400;
    private static final String ODD = "b+ %41#é.parquet";

    @TempDir
    private Path folder;

    @Test
    void leadsFromExchangesBackToTheLandingRowsOfWhichTheyWereMade() throws IOException {
        IngestLake lake = new IngestLake(folder);
        lake.land(
                "a.parquet",
                IntStream.range(0, ROWS)
                        .mapToObj(LandedIdTransformTest::exchange)
                        .toArray(LandedExchange[]::new));
        lake.land(ODD, exchange(7), exchange(ROWS));
        lake.ingest(ExitCode.DONE);
        Dataset<Row> exchanges = lake.table("exchange");
        assertThat(exchanges.count()).isEqualTo(ROWS + 1L);

        assertThat(places(exchanges.limit(1))).hasSizeBetween(1, 2);
        assertThat(places(exchanges.where(col(ExchangeTable.PATH).equalTo("/books/7"))))
                .containsExactlyInAnyOrder("a.parquet 7", ODD + " 0");
        assertThat(places(exchanges)).as("more than there are spans").hasSize(ROWS + 2);
    }

    @Test
    void filesOfOtherTimesArePassedOver() throws IOException {
        IngestLake lake = new IngestLake(folder);
        lake.land("a.parquet", exchange(1), exchange(2));
        lake.land("b.parquet", exchange(3), exchange(4));
        lake.ingest(ExitCode.DONE);
        for (int number = 1; number <= 4; number++) {
            Set<String> ids =
                    ids(lake.table("exchange").where(col(ExchangeTable.PATH).equalTo("/books/" + number)));
            TenantTables tables = tables();
            LandedIdTransform transform = new LandedIdTransform(tables.key(), ids);
            assertThat(tables.landing().check(tables.landing().list()))
                    .filteredOn(file -> transform.mayBeOf(
                            file.captured().firstMillis(), file.captured().lastMillis()))
                    .extracting(file -> file.object().name())
                    .as("files that may hold row " + number)
                    .containsExactly(number < 3 ? "a.parquet" : "b.parquet");
        }
    }

    /** With a gap before it that is longer than all others. */
    private static LandedExchange exchange(int number) {
        return new LandedExchange(number)
                .with(
                        ExchangeTable.CAPTURED_AT,
                        Instant.parse("2026-03-01T10:00:00Z").plusSeconds((long) number * number));
    }

    private Set<String> places(Dataset<Row> exchanges) {
        TenantTables tables = tables();
        Set<String> places = new TreeSet<>();
        new LandedIdTransform(tables.key(), ids(exchanges))
                .apply(tables.landing().read(tables.landing().list()))
                .collectAsList()
                .forEach(place -> places.add(place.getString(0) + " " + place.getLong(1)));
        return places;
    }

    private static Set<String> ids(Dataset<Row> exchanges) {
        return Set.copyOf(exchanges
                .select(ExchangeTable.EXCHANGE_ID)
                .as(Encoders.STRING())
                .collectAsList());
    }

    private TenantTables tables() {
        return TenantTables.open(
                SessionSettings.open("tests"),
                TenantSettings.below(folder.toString(), new TenantName("acme")),
                new Run("test", "test", Release.VERSION, Instant.EPOCH),
                new TenantTables.Declared(List.of(), List.of()));
    }
}
