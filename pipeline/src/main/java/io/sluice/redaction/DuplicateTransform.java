package io.sluice.redaction;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.dense_rank;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;

import io.sluice.schemas.ExchangeTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Redacted rows -> those that {@code exchange} does not hold yet, each once and under its final id. Exchanges that are
 * alike in everything are told apart by their places in the capture. Only ids and places are shuffled, never bodies.
 */
public final class DuplicateTransform {
    private static final String FAMILY = "family";
    private static final String OBJECT = "place_object";
    private static final String POSITION = "place_position";
    private static final String STORED = "stored_count";
    private static final String FINAL_ID = "final_id";
    private static final String FINAL_ROW = "final_row";
    private static final String[] ALIKE = {FAMILY, OBJECT};
    private static final String[] SAME_PLACE = {FAMILY, OBJECT, POSITION};
    private static final String[] SAME_ID = {FINAL_ID};

    private final Dataset<Row> fresh;

    /**
     * Takes rows of {@link RedactTransform} and exchange_id, source_object and source_position of exchanges that are stored,
     * or are not to be, whose place is null.
     */
    public DuplicateTransform(Dataset<Row> redacted, Dataset<Row> exchanges) {
        Dataset<Row> stored = exchanges.select(
                family(),
                col(ExchangeTable.SOURCE_OBJECT).as(OBJECT),
                col(ExchangeTable.SOURCE_POSITION).as(POSITION),
                col(ExchangeTable.EXCHANGE_ID).as(FINAL_ID));
        fresh = broadcast(fresh(places(redacted), stored));
    }

    /** Takes those rows again, or the exchanges made of them. */
    public Dataset<Row> apply(Dataset<Row> rows) {
        return rows.join(fresh, col(IngestColumns.ROW).equalTo(col(FINAL_ROW)))
                .withColumn(ExchangeTable.EXCHANGE_ID, col(FINAL_ID))
                .drop(FINAL_ID, FINAL_ROW);
    }

    /** Where each row stands; without a position, rows of one landing file are counted in the order they stand there. */
    private static Dataset<Row> places(Dataset<Row> redacted) {
        Column position = col(ExchangeTable.SOURCE_POSITION);
        Column within = concat(col(ExchangeTable.SOURCE_OBJECT), lit("\n"), col(IngestColumns.LANDING_OBJECT));
        return redacted.where(col(IngestColumns.REASON).isNull())
                .select(
                        family(),
                        when(position.isNotNull(), col(ExchangeTable.SOURCE_OBJECT))
                                .otherwise(within)
                                .as(OBJECT),
                        coalesce(position, col(IngestColumns.ROW)).as(POSITION),
                        col(IngestColumns.REPEATABLE),
                        col(IngestColumns.ROW));
    }

    private static Dataset<Row> fresh(Dataset<Row> places, Dataset<Row> stored) {
        WindowSpec inOrder = Window.partitionBy(FAMILY, OBJECT).orderBy(POSITION);
        Column ordinal =
                coalesce(col(STORED), lit(0L)).plus(dense_rank().over(inOrder)).minus(1);
        Column counted = when(col(IngestColumns.REPEATABLE), ordinal).otherwise(0L);
        return places.join(stored.select(SAME_PLACE[0], SAME_PLACE[1], SAME_PLACE[2]), SAME_PLACE, "left_anti")
                .join(stored.groupBy(FAMILY, OBJECT).agg(count(lit(1)).as(STORED)), ALIKE, "left")
                .withColumn(FINAL_ID, concat(col(FAMILY), lpad(lower(hex(counted)), 4, "0")))
                .groupBy(FINAL_ID)
                .agg(min(IngestColumns.ROW).as(FINAL_ROW))
                .join(stored.select(FINAL_ID), SAME_ID, "left_anti");
    }

    private static Column family() {
        return substring(col(ExchangeTable.EXCHANGE_ID), 1, ExchangeIds.FAMILY_LENGTH)
                .as(FAMILY);
    }
}
