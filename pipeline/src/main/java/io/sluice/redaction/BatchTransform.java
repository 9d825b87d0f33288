package io.sluice.redaction;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.sluice.schemas.ExchangeTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Redacted rows of a batch to the facts about them, and stored exchanges to those that the batch may repeat. */
public final class BatchTransform {
    private static final String ROWS = "rows";

    private BatchTransform() {}

    /** One row that {@link BatchFacts#of} reads; alike rows are counted once under their id. */
    public static Dataset<Row> facts(Dataset<Row> redacted) {
        Column id = col(ExchangeTable.EXCHANGE_ID);
        return redacted.groupBy(id)
                .agg(count(lit(1)).as(ROWS))
                .agg(
                        coalesce(sum(ROWS), lit(0L)),
                        coalesce(sum(when(id.isNull(), col(ROWS))), lit(0L)),
                        count(id),
                        coalesce(min(id), lit("")),
                        coalesce(max(id), lit("")));
    }

    /** Those of {@code exchanges} whose ids lie in the range of the batch, so that other files are not even opened. */
    public static Dataset<Row> sameTime(Dataset<Row> exchanges, BatchFacts facts) {
        String last = facts.lastId();
        String end = last.isEmpty() ? last : last.substring(0, ExchangeIds.FAMILY_LENGTH) + "ffff";
        return exchanges
                .where(col(ExchangeTable.EXCHANGE_ID).between(facts.firstId(), end))
                .select(ExchangeTable.EXCHANGE_ID, ExchangeTable.SOURCE_OBJECT, ExchangeTable.SOURCE_POSITION);
    }
}
