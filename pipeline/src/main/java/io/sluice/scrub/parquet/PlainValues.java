package io.sluice.scrub.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/**
 * Values as bytes one after another, each that may differ in length behind its length, or split into streams of bytes:
 * the encodings PLAIN and BYTE_STREAM_SPLIT of the Parquet format, except for booleans.
 */
final class PlainValues {
    private static final int LENGTH_BYTES = 4;

    private PlainValues() {}

    static Binary[] read(PrimitiveType type, ByteBuffer source, int count) {
        ByteBuffer bytes = source.slice().order(ByteOrder.LITTLE_ENDIAN);
        int width = width(type);
        Binary[] values = new Binary[count];
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[width > 0 ? width : bytes.getInt()];
            bytes.get(value);
            values[i] = Binary.fromConstantByteArray(value);
        }
        return values;
    }

    static byte[] write(PrimitiveType type, Binary[] values) {
        boolean sized = width(type) == 0;
        int length = 0;
        for (Binary value : values) {
            length += value.length() + (sized ? LENGTH_BYTES : 0);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        for (Binary value : values) {
            if (sized) {
                bytes.putInt(value.length());
            }
            bytes.put(value.getBytesUnsafe());
        }
        return bytes.array();
    }

    static Binary[] readSplit(PrimitiveType type, ByteBuffer source, int count) {
        ByteBuffer streams = source.slice();
        Binary[] values = new Binary[count];
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[width(type)];
            for (int stream = 0; stream < value.length; stream++) {
                value[stream] = streams.get(stream * count + i);
            }
            values[i] = Binary.fromConstantByteArray(value);
        }
        return values;
    }

    static byte[] writeSplit(PrimitiveType type, Binary[] values) {
        int width = width(type);
        byte[] streams = new byte[width * values.length];
        for (int i = 0; i < values.length; i++) {
            byte[] value = values[i].getBytesUnsafe();
            for (int stream = 0; stream < width; stream++) {
                streams[stream * values.length + i] = value[stream];
            }
        }
        return streams;
    }

    /** Bytes of a value, or 0 where values differ in length. */
    private static int width(PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case INT32, FLOAT -> Integer.BYTES;
            case INT64, DOUBLE -> Long.BYTES;
            case INT96 -> Long.BYTES + Integer.BYTES;
            case FIXED_LEN_BYTE_ARRAY -> type.getTypeLength();
            case BINARY -> 0;
            case BOOLEAN -> throw new IllegalArgumentException("booleans are bits");
        };
    }
}
