package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Turns landing rows, {@link IngestColumns#CAPTURED} after the capture time and before the landing file, into chunks of
 * redacted ones.
 */
final class RowRedaction implements FlatMapFunction<Iterator<InternalRow>, RowChunk> {
    private static final long serialVersionUID = 2L;
    private static final int ROWS_PER_PARTITION_BITS = 36;
    private static final int CHUNK_BYTES = 1 << 20;

    private final String policy;
    private final TenantKey key;

    RowRedaction(RedactionPolicy policy, TenantKey key) {
        this.policy = policy.write();
        this.key = key;
    }

    @Override
    public Iterator<RowChunk> call(Iterator<InternalRow> rows) {
        RowRedactor redactor = new RowRedactor(new Redactor(RedactionPolicy.read(policy), key), new ExchangeIds(key));
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
