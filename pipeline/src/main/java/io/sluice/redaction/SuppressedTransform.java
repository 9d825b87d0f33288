package io.sluice.redaction;

import io.sluice.schemas.IdentifierTable;
import io.sluice.tenant.TenantKey;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows with {@code identifier_hash} -> those of them whose identifier was scrubbed. */
public final class SuppressedTransform {
    private final TenantKey key;
    private final Set<String> suppressed;

    /** Takes hashes of {@link Suppression}. */
    public SuppressedTransform(TenantKey key, Set<String> suppressed) {
        this.key = key;
        this.suppressed = Set.copyOf(suppressed);
    }

    public Dataset<Row> apply(Dataset<Row> rows) {
        return rows.filter(new Known(key, suppressed));
    }

    private static final class Known implements FilterFunction<Row> {
        private static final long serialVersionUID = 1L;

        private final TenantKey key;
        private final HashSet<String> suppressed;
        private transient @Nullable Suppression suppression;

        Known(TenantKey key, Set<String> suppressed) {
            this.key = key;
            this.suppressed = new HashSet<>(suppressed);
        }

        @Override
        public boolean call(Row row) {
            if (suppression == null) {
                suppression = new Suppression(key, suppressed);
            }
            return suppression.knows(row.getAs(IdentifierTable.IDENTIFIER_HASH));
        }
    }
}
