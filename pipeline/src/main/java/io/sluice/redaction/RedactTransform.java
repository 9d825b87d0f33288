package io.sluice.redaction;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_from_unix_date;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.unix_micros;

import io.sluice.schemas.ExchangeTable;
import io.sluice.tenant.TenantKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/** Landing rows -> redacted rows: the columns of {@code exchange} without {@code run_id}, and the {@link IngestColumns}. */
public final class RedactTransform {
    private static final long MICROS_OF_A_DAY = 86_400_000_000L;

    private final RedactionPolicy policy;
    private final TenantKey key;

    public RedactTransform(RedactionPolicy policy, TenantKey key) {
        this.policy = policy;
        this.key = key;
    }

    /** Takes the columns of a landing file and the name of that file in {@code landing_object}. */
    public Dataset<Row> apply(Dataset<Row> landing) {
        List<Column> columns = new ArrayList<>();
        columns.add(unix_micros(col(ExchangeTable.CAPTURED_AT)).as(IngestColumns.CAPTURED_MICROS));
        IngestColumns.CAPTURED.forEach(name -> columns.add(col(name)));
        columns.add(col(IngestColumns.LANDING_OBJECT));
        Column day = floor(col(IngestColumns.CAPTURED_MICROS).divide(MICROS_OF_A_DAY))
                .cast("int");
        return landing.select(columns.toArray(Column[]::new))
                .mapPartitions(new RowRedaction(policy, key), Encoders.row(IngestColumns.redacted()))
                .withColumn(ExchangeTable.CAPTURED_AT, timestamp_micros(col(IngestColumns.CAPTURED_MICROS)))
                .withColumn(ExchangeTable.CAPTURED_DATE, date_from_unix_date(day))
                .withColumn(ExchangeTable.POLICY_VERSION, lit(policy.version()));
    }

    /** Those redacted rows that can become exchanges. */
    public static Dataset<Row> accepted(Dataset<Row> redacted) {
        return redacted.where(col(IngestColumns.REASON).isNull());
    }
}
