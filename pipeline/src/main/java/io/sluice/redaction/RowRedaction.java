package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Turns landing rows, {@link IngestColumns#CAPTURED} after the capture time and before the landing file, into chunks of
 * redacted ones.
 */
final class RowRedaction implements FlatMapFunction<Iterator<InternalRow>, RowChunk> {
    private static final long serialVersionUID = 3L;
    private static final int ROWS_PER_PARTITION_BITS = 36;
    private static final int CHUNK_BYTES = 1 << 20;

    private final String policy;
    private final TenantKey key;
    private final HashSet<String> suppressed;

    RowRedaction(RedactionPolicy policy, TenantKey key, Set<String> suppressed) {
        this.policy = policy.write();
        this.key = key;
        this.suppressed = new HashSet<>(suppressed);
    }

    @Override
    public Iterator<RowChunk> call(Iterator<InternalRow> rows) {
        Suppression suppression = new Suppression(key, suppressed);
        RowRedactor redactor = new RowRedactor(
                new Redactor(RedactionPolicy.read(policy), key, suppression), new ExchangeIds(key), suppression);
        RowBuffer notes = new RowBuffer(IngestColumns.notes());
        RowBuffer exchanges = new RowBuffer(IngestColumns.exchange());
        TaskContext task = TaskContext.get();
        long first = task == null ? 0 : (long) task.partitionId() << ROWS_PER_PARTITION_BITS;
        return new Iterator<>() {
            private long number = first;

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public RowChunk next() {
                notes.clear();
                exchanges.clear();
                while (rows.hasNext() && notes.length() + exchanges.length() < CHUNK_BYTES) {
                    redactor.redact(rows.next(), number++, notes, exchanges);
                }
                return RowChunk.of(notes, exchanges);
            }
        };
    }
}
