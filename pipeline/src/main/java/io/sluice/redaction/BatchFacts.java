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

/** What must be known of the redacted rows of a batch before they are written: how many, how many alike, from when to when. */
public record BatchFacts(long rows, long rejected, long families, String firstId, String lastId) {
    private static final String ROWS = "rows";

    /** One row that {@link #of} reads; alike rows are counted once under their id. */
    public static Dataset<Row> query(Dataset<Row> redacted) {
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

    public static BatchFacts of(Row row) {
        return new BatchFacts(row.getLong(0), row.getLong(1), row.getLong(2), row.getString(3), row.getString(4));
    }

    /** Whether no two rows of the batch have the same id. */
    public boolean allDiffer() {
        return families == rows - rejected;
    }

    /** Those of {@code exchanges} whose ids lie in the range of the batch, so that other files are not even opened. */
    public Dataset<Row> sameTime(Dataset<Row> exchanges) {
        String last = lastId.isEmpty() ? lastId : lastId.substring(0, ExchangeIds.FAMILY_LENGTH) + "ffff";
        return exchanges
                .where(col(ExchangeTable.EXCHANGE_ID).between(firstId, last))
                .select(ExchangeTable.EXCHANGE_ID, ExchangeTable.SOURCE_OBJECT, ExchangeTable.SOURCE_POSITION);
    }
}
