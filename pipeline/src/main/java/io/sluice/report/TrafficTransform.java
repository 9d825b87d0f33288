package io.sluice.report;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.percentile_approx;
import static org.apache.spark.sql.functions.unix_seconds;
import static org.apache.spark.sql.functions.when;

import io.sluice.schemas.ExchangeTable;
import java.util.stream.LongStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts exchanges per time bucket and status class, in at most {@link #BUCKETS} buckets of a round width.
 *
 * <p>The buckets span the bulk of the traffic: a single exchange with a clock from another century would otherwise press
 * everything else into one bucket. Exchanges outside are left out; the page says how many.
 */
final class TrafficTransform {
    static final int BUCKETS = 300;

    /** Begin of the bucket in seconds since 1970, UTC. */
    static final String AT_SECOND = "at_s";

    static final String WIDTH_SECONDS = "width_s";

    /** {@code 2xx} to {@code 5xx}, {@code none} without a response, {@code other} beyond these. */
    static final String STATUS_CLASS = "status_class";

    static final String EXCHANGES = "exchanges";

    private static final String SECOND = "second";
    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String BULK = "bulk";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final double BULK_FROM = 0.02;
    private static final double BULK_TO = 0.98;
    private static final long SLACK_SECONDS = 3_600;
    private static final int ACCURACY = 10_000;
    private static final long[] ROUND_WIDTHS = {
        1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000
    };

    private TrafficTransform() {}

    /** Exchanges -> {@code at_s, width_s, status_class, exchanges}; empty buckets have no row. */
    static Dataset<Row> of(Dataset<Row> exchanges) {
        Dataset<Row> timed = exchanges.select(
                unix_seconds(col(ExchangeTable.CAPTURED_AT)).as(SECOND),
                statusClass().as(STATUS_CLASS));
        Column at = floor(col(SECOND).minus(col(FROM)).divide(col(WIDTH_SECONDS)))
                .multiply(col(WIDTH_SECONDS))
                .plus(col(FROM));
        return timed.crossJoin(broadcast(window(timed)))
                .where(col(SECOND).between(col(FROM), col(TO)))
                .groupBy(at.as(AT_SECOND), col(WIDTH_SECONDS), col(STATUS_CLASS))
                .agg(count(lit(1)).as(EXCHANGES))
                .orderBy(AT_SECOND, STATUS_CLASS);
    }

    /** The class of a response status as the page colors it. */
    static Column statusClass() {
        Column status = col(ExchangeTable.STATUS);
        return when(status.isNull(), lit("none"))
                .when(status.between(200, 299), lit("2xx"))
                .when(status.between(300, 399), lit("3xx"))
                .when(status.between(400, 499), lit("4xx"))
                .when(status.between(500, 599), lit("5xx"))
                .otherwise(lit("other"));
    }

    private static Dataset<Row> window(Dataset<Row> timed) {
        Column bulkFrom = element_at(col(BULK), 1);
        Column bulkTo = element_at(col(BULK), 2);
        Column slack = bulkTo.minus(bulkFrom).multiply(2).plus(SLACK_SECONDS);
        return timed.agg(
                        min(SECOND).as(FIRST),
                        max(SECOND).as(LAST),
                        percentile_approx(col(SECOND), array(lit(BULK_FROM), lit(BULK_TO)), lit(ACCURACY))
                                .as(BULK))
                .select(
                        greatest(col(FIRST), bulkFrom.minus(slack)).as(FROM),
                        least(col(LAST), bulkTo.plus(slack)).as(TO))
                .withColumn(WIDTH_SECONDS, width(col(TO).minus(col(FROM))))
                .withColumn(FROM, floor(col(FROM).divide(col(WIDTH_SECONDS))).multiply(col(WIDTH_SECONDS)));
    }

    /** The smallest round width at which {@code span} seconds, cut at round times, fill at most {@link #BUCKETS}. */
    private static Column width(Column span) {
        Column needed = greatest(lit(1L), ceil(span.divide(BUCKETS - 2)));
        Column widths = array(LongStream.of(ROUND_WIDTHS)
                .mapToObj(org.apache.spark.sql.functions::lit)
                .toArray(Column[]::new));
        return coalesce(get(filter(widths, width -> width.geq(needed)), lit(0)), needed);
    }
}
