package io.sluice.redaction;

import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;

/** Bytes of a text or body where they lie in a row, spared a copy. */
final class Slice {
    private final byte[] array;
    private final int from;
    private final int to;

    private Slice(byte[] array, int from, int to) {
        this.array = array;
        this.from = from;
        this.to = to;
    }

    static Slice of(byte[] bytes) {
        return new Slice(bytes, 0, bytes.length);
    }

    static Slice of(UTF8String text) {
        if (text.getBaseObject() instanceof byte[] array) {
            int from = (int) (text.getBaseOffset() - Platform.BYTE_ARRAY_OFFSET);
            return new Slice(array, from, from + text.numBytes());
        }
        return of(text.getBytes());
    }

    /** The bytes of a text or binary column. */
    static Slice of(InternalRow row, int column) {
        // An unsafe row holds both alike, and gives a text without copying it.
        return row instanceof UnsafeRow ? of(row.getUTF8String(column)) : of(row.getBinary(column));
    }

    byte[] array() {
        return array;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int length() {
        return to - from;
    }

    Span span(Sink sink) {
        return new Span(array, from, to, sink);
    }
}
