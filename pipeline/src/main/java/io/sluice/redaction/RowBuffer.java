package io.sluice.redaction;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.Platform;

/** Rows of one type, gathered one after the other in one array, each after its length. */
final class RowBuffer {
    private final UnsafeProjection projection;
    private byte[] bytes = new byte[1 << 16];
    private int end;

    RowBuffer(StructType type) {
        projection = UnsafeProjection.create(type);
    }

    void add(InternalRow row) {
        UnsafeRow flat = projection.apply(row);
        int next = Math.addExact(end, Long.BYTES + flat.getSizeInBytes());
        if (next > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(next, bytes.length * 2L)));
        }
        ByteBuffer.wrap(bytes).putLong(end, flat.getSizeInBytes());
        flat.writeToMemory(bytes, Platform.BYTE_ARRAY_OFFSET + end + (long) Long.BYTES);
        end = next;
    }

    int length() {
        return end;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, end);
    }

    void clear() {
        end = 0;
    }

    /** The rows of {@code type} in {@code bytes}; they are one object that moves on. */
    static Iterator<InternalRow> rows(byte[] bytes, StructType type) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        UnsafeRow row = new UnsafeRow(type.size());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return left.hasRemaining();
            }

            @Override
            public InternalRow next() {
                int length = (int) left.getLong();
                row.pointTo(bytes, Platform.BYTE_ARRAY_OFFSET + (long) left.position(), length);
                left.position(left.position() + length);
                return row;
            }
        };
    }
}
