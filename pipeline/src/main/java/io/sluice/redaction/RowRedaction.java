package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Turns landing rows into redacted ones: {@link IngestColumns#CAPTURED} after the capture time and before the landing
 * file, into {@link IngestColumns#redacted()}.
 */
final class RowRedaction implements MapPartitionsFunction<Row, Row>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final int ROWS_PER_PARTITION_BITS = 36;

    private final String policy;
    private final TenantKey key;

    RowRedaction(RedactionPolicy policy, TenantKey key) {
        this.policy = policy.write();
        this.key = key;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        RowRedactor redactor = new RowRedactor(new Redactor(RedactionPolicy.read(policy), key), new ExchangeIds(key));
        TaskContext task = TaskContext.get();
        long first = task == null ? 0 : (long) task.partitionId() << ROWS_PER_PARTITION_BITS;
        return new Iterator<>() {
            private long number = first;

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                return redactor.redact(rows.next(), number++);
            }
        };
    }
}
