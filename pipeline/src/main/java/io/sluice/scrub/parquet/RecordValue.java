package io.sluice.scrub.parquet;

import java.nio.charset.StandardCharsets;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** A value of a record, to be compared bit by bit: a number, a truth value or bytes. */
record RecordValue(Object value) {
    private static final int EPOCH_AS_JULIAN_DAY = 2_440_588;

    static RecordValue of(Object value) {
        if (value instanceof Float number) {
            return new RecordValue(Float.floatToRawIntBits(number));
        } else if (value instanceof Double number) {
            return new RecordValue(Double.doubleToRawLongBits(number));
        } else if (value instanceof String text) {
            return of(text.getBytes(StandardCharsets.UTF_8));
        } else if (value instanceof byte[] bytes) {
            return new RecordValue(Binary.fromConstantByteArray(bytes));
        }
        return new RecordValue(value);
    }

    static RecordValue of(ColumnReader entry) {
        return switch (entry.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> of(entry.getBoolean());
            case INT32 -> of(entry.getInteger());
            case INT64 -> of(entry.getLong());
            case FLOAT -> of(entry.getFloat());
            case DOUBLE -> of(entry.getDouble());
            case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> of(entry.getBinary().getBytes());
        };
    }

    static RecordValue of(PrimitiveType type, Dictionary dictionary, int entry) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> of(dictionary.decodeToBoolean(entry));
            case INT32 -> of(dictionary.decodeToInt(entry));
            case INT64 -> of(dictionary.decodeToLong(entry));
            case FLOAT -> of(dictionary.decodeToFloat(entry));
            case DOUBLE -> of(dictionary.decodeToDouble(entry));
            case INT96, BINARY, FIXED_LEN_BYTE_ARRAY ->
                of(dictionary.decodeToBinary(entry).getBytes());
        };
    }

    /** What a required leaf holds when it is blank. */
    static RecordValue empty(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> of(false);
            case INT32 -> of(0);
            case INT64 -> of(0L);
            case FLOAT -> of(0f);
            case DOUBLE -> of(0d);
            case INT96 -> of(new NanoTime(EPOCH_AS_JULIAN_DAY, 0).toBinary().getBytes());
            case FIXED_LEN_BYTE_ARRAY -> of(new byte[type.getTypeLength()]);
            case BINARY ->
                of(new byte[type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation ? 1 : 0]);
        };
    }

    byte[] bytes() {
        return ((Binary) value).getBytes();
    }
}
