package io.sluice.report;

import io.sluice.schemas.TableSpec;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** An invented shop with four kinds of visitors, as rows of the tables; the same seed gives the same rows. */
public final class Shop {
    public static final Instant OPENED = Instant.parse("2026-03-02T08:00:00Z");
    static final int SESSIONS = 300;

    private Shop() {}

    /** The rows of a tenant that has learned from its traffic. */
    public static Function<TableSpec, List<Row>> rows() {
        ShopRows rows = new ShopRows();
        ShopVisits visits = new ShopVisits(rows);
        visits.trade();
        new ShopLessons(rows, visits).learn();
        new ShopScenarios(rows).write();
        new ShopBooks(rows).keep();
        return rows::of;
    }

    /** The tables of that tenant. */
    static Function<TableSpec, Dataset<Row>> tables(SparkSession spark) {
        Function<TableSpec, List<Row>> rows = rows();
        return table -> spark.createDataFrame(rows.apply(table), table.schema());
    }

    /** The tables of a tenant that has nothing yet. */
    static Function<TableSpec, Dataset<Row>> empty(SparkSession spark) {
        return table -> spark.createDataFrame(List.of(), table.schema());
    }
}
