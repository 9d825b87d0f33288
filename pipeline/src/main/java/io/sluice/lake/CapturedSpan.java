package io.sluice.lake;

import io.sluice.schemas.ExchangeTable;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;

/** From when to when, in milliseconds since 1970, the rows of a landing file were captured, as the statistics in its footer tell. */
public record CapturedSpan(long firstMillis, long lastMillis) {
    /** Of a file that does not tell. */
    static final CapturedSpan ANY = new CapturedSpan(Long.MIN_VALUE, Long.MAX_VALUE);

    static CapturedSpan of(ParquetMetadata footer) {
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (BlockMetaData rowGroup : footer.getBlocks()) {
            for (ColumnChunkMetaData column : rowGroup.getColumns()) {
                if (column.getPath().toDotString().equals(ExchangeTable.CAPTURED_AT)) {
                    CapturedSpan span = of(column);
                    first = Math.min(first, span.firstMillis);
                    last = Math.max(last, span.lastMillis);
                }
            }
        }
        return new CapturedSpan(first, last);
    }

    private static CapturedSpan of(ColumnChunkMetaData column) {
        if (!(column.getPrimitiveType().getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation type)
                || !(column.getStatistics() instanceof LongStatistics times)
                || !times.hasNonNullValue()) {
            return ANY;
        }
        long unitsInMilli = type.getUnit() == TimeUnit.MILLIS ? 1 : 1_000; // landing takes no other than microseconds
        return new CapturedSpan(
                Math.floorDiv(times.getMin(), unitsInMilli), Math.floorDiv(times.getMax(), unitsInMilli));
    }
}
