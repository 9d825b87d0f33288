package io.sluice.redaction;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;

import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.tenant.TenantKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Landing rows -> redacted rows, which are kept, once worked out, until they are closed. */
public final class RedactTransform {
    private final RedactionPolicy policy;
    private final TenantKey key;
    private final Set<String> suppressed;

    /** Rows in which an identifier of {@code suppressed}, hashes of {@link Suppression}, stands are refused, or come in with it masked. */
    public RedactTransform(RedactionPolicy policy, TenantKey key, Set<String> suppressed) {
        this.policy = policy;
        this.key = key;
        this.suppressed = Set.copyOf(suppressed);
    }

    /** Takes the columns of a landing file and the name of that file in {@code landing_object}. */
    public Redacted apply(Dataset<Row> landing) {
        List<Column> columns = new ArrayList<>();
        columns.add(col(ExchangeTable.CAPTURED_AT));
        IngestColumns.CAPTURED.forEach(name -> columns.add(col(name)));
        columns.add(col(IngestColumns.LANDING_OBJECT));
        JavaRDD<RowChunk> chunks = InternalRowTransform.internal(landing.select(columns.toArray(Column[]::new)))
                .mapPartitions(new RowRedaction(policy, key, suppressed))
                .persist(StorageLevel.MEMORY_AND_DISK());
        return new Redacted(chunks, landing, policy.version());
    }

    /** The redacted rows of a batch in two forms. */
    public static final class Redacted implements AutoCloseable {
        private final JavaRDD<RowChunk> chunks;
        private final Dataset<Row> landing;
        private final String policyVersion;

        private Redacted(JavaRDD<RowChunk> chunks, Dataset<Row> landing, String policyVersion) {
            this.chunks = chunks;
            this.landing = landing;
            this.policyVersion = policyVersion;
        }

        /** A few narrow columns to decide by, of every row: {@link IngestColumns#notes}. */
        public Dataset<Row> notes() {
            return InternalRowTransform.rows(chunks.flatMap(RowChunk::notes), IngestColumns.notes(), landing);
        }

        /** The columns of {@code exchange} without {@code run_id}, and the row, of those that can become one. */
        public Dataset<Row> exchanges() {
            return InternalRowTransform.rows(chunks.flatMap(RowChunk::exchanges), IngestColumns.exchange(), landing)
                    .withColumn(ExchangeTable.POLICY_VERSION, lit(policyVersion));
        }

        /** The landing file and the identifiers of every row that can become an exchange: {@code landing_object}, {@code identifier_hash}. */
        public Dataset<Row> identifiers() {
            return notes().select(
                            col(IngestColumns.LANDING_OBJECT),
                            explode(col(IngestColumns.FINDINGS).getField(IngestColumns.HASH))
                                    .as(IdentifierTable.IDENTIFIER_HASH));
        }

        @Override
        public void close() {
            chunks.unpersist(true);
        }
    }
}
