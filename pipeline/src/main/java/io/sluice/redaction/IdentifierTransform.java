package io.sluice.redaction;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.tenant.TenantKey;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Redacted rows -> rows of {@code identifier} without {@code run_id}, one for each identifier and place in an exchange. */
public final class IdentifierTransform {
    private static final String FOUND = "found";

    private final int keyVersion;

    public IdentifierTransform(TenantKey key) {
        keyVersion = key.version();
    }

    public Dataset<Row> apply(Dataset<Row> redacted) {
        return redacted.select(
                        col(ExchangeTable.EXCHANGE_ID),
                        col(ExchangeTable.CAPTURED_DATE),
                        explode(col(IngestColumns.FINDINGS)).as(FOUND))
                .select(
                        col(FOUND).getField(IngestColumns.HASH).as(IdentifierTable.IDENTIFIER_HASH),
                        col(FOUND).getField(IngestColumns.KIND).as(IdentifierTable.KIND),
                        col(ExchangeTable.EXCHANGE_ID).as(IdentifierTable.EXCHANGE_ID),
                        col(ExchangeTable.CAPTURED_DATE).as(IdentifierTable.CAPTURED_DATE),
                        col(FOUND).getField(IngestColumns.PLACE).as(IdentifierTable.LOCATION),
                        lit(Integer.toString(keyVersion)).as(IdentifierTable.KEY_VERSION));
    }
}
