package io.sluice.report;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.unix_millis;

import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.SessionTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums up what was captured and whom it came from in one row. */
final class SummaryTransform {
    static final String EXCHANGES = "exchanges";
    static final String FIRST_MILLIS = "first_ms";
    static final String LAST_MILLIS = "last_ms";
    static final String SERVICES = "services";
    static final String FORMATS = "formats";
    static final String SESSIONS = "sessions";
    static final String ACTORS = "actors";

    private static final int NAMES = 12;

    private SummaryTransform() {}

    /** Exchanges and sessions -> one row, also where both are empty. */
    static Dataset<Row> of(Dataset<Row> exchanges, Dataset<Row> sessions) {
        Dataset<Row> captured = exchanges.agg(
                count(lit(1)).as(EXCHANGES),
                unix_millis(min(ExchangeTable.CAPTURED_AT)).as(FIRST_MILLIS),
                unix_millis(max(ExchangeTable.CAPTURED_AT)).as(LAST_MILLIS),
                names(ExchangeTable.SERVICE).as(SERVICES),
                names(ExchangeTable.SOURCE_FORMAT).as(FORMATS));
        Dataset<Row> used = sessions.agg(
                count(lit(1)).as(SESSIONS),
                count_distinct(col(SessionTable.ACTOR)).as(ACTORS));
        return captured.crossJoin(used);
    }

    private static org.apache.spark.sql.Column names(String column) {
        return slice(array_sort(collect_set(column)), 1, NAMES);
    }
}
