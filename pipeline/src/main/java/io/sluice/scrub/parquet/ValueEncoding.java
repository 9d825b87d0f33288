package io.sluice.scrub.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesReader;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesReader;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayReader;
import org.apache.parquet.column.values.deltastrings.DeltaByteArrayWriter;
import org.apache.parquet.column.values.plain.BooleanPlainValuesReader;
import org.apache.parquet.column.values.plain.BooleanPlainValuesWriter;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridValuesWriter;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** One encoding of the values of a data page, other than by a dictionary. */
record ValueEncoding(Encoding encoding, PrimitiveType type) {
    private static final int SLAB_BYTES = 1 << 12;
    private static final int PAGE_BYTES = 1 << 20;

    Binary[] read(ByteBuffer bytes, int count) throws IOException, RefusedException {
        if (count == 0) {
            return new Binary[0];
        }
        if (!isBoolean() && encoding == Encoding.PLAIN) {
            return PlainValues.read(type, bytes, count);
        }
        if (!isBoolean() && encoding == Encoding.BYTE_STREAM_SPLIT) {
            return PlainValues.readSplit(type, bytes, count);
        }
        ValuesReader reader = reader();
        reader.initFromPage(count, ByteBufferInputStream.wrap(bytes.slice()));
        Binary[] values = new Binary[count];
        for (int i = 0; i < count; i++) {
            values[i] = next(reader);
        }
        return values;
    }

    byte[] write(Binary[] values) throws IOException, RefusedException {
        if (!isBoolean() && encoding == Encoding.PLAIN) {
            return PlainValues.write(type, values);
        }
        if (!isBoolean() && encoding == Encoding.BYTE_STREAM_SPLIT) {
            return PlainValues.writeSplit(type, values);
        }
        try (ValuesWriter writer = writer()) {
            for (Binary value : values) {
                write(writer, value);
            }
            return FileBytes.of(writer.getBytes());
        }
    }

    private boolean isBoolean() {
        return type.getPrimitiveTypeName() == PrimitiveTypeName.BOOLEAN;
    }

    private ValuesReader reader() throws RefusedException {
        return switch (encoding) {
            case PLAIN -> new BooleanPlainValuesReader();
            case RLE -> new RunLengthBitPackingHybridValuesReader(1);
            case DELTA_BINARY_PACKED -> new DeltaBinaryPackingValuesReader();
            case DELTA_LENGTH_BYTE_ARRAY -> new DeltaLengthByteArrayValuesReader();
            case DELTA_BYTE_ARRAY -> new DeltaByteArrayReader();
            default -> throw unknown();
        };
    }

    private ValuesWriter writer() throws RefusedException {
        HeapByteBufferAllocator heap = HeapByteBufferAllocator.getInstance();
        return switch (encoding) {
            case PLAIN -> new BooleanPlainValuesWriter();
            case RLE -> new RunLengthBitPackingHybridValuesWriter(1, SLAB_BYTES, PAGE_BYTES, heap);
            case DELTA_BINARY_PACKED ->
                type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
                        ? new DeltaBinaryPackingValuesWriterForInteger(SLAB_BYTES, PAGE_BYTES, heap)
                        : new DeltaBinaryPackingValuesWriterForLong(SLAB_BYTES, PAGE_BYTES, heap);
            case DELTA_LENGTH_BYTE_ARRAY -> new DeltaLengthByteArrayValuesWriter(SLAB_BYTES, PAGE_BYTES, heap);
            case DELTA_BYTE_ARRAY -> new DeltaByteArrayWriter(SLAB_BYTES, PAGE_BYTES, heap);
            default -> throw unknown();
        };
    }

    private Binary next(ValuesReader reader) throws RefusedException {
        byte[] plain = switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> new byte[] {(byte) (reader.readBoolean() ? 1 : 0)};
            case INT32 -> little(Integer.BYTES).putInt(reader.readInteger()).array();
            case INT64 -> little(Long.BYTES).putLong(reader.readLong()).array();
            case BINARY, FIXED_LEN_BYTE_ARRAY -> reader.readBytes().getBytes();
            case FLOAT, DOUBLE, INT96 -> throw unknown();
        };
        return Binary.fromConstantByteArray(plain);
    }

    private void write(ValuesWriter writer, Binary value) throws RefusedException {
        ByteBuffer plain = ByteBuffer.wrap(value.getBytesUnsafe()).order(ByteOrder.LITTLE_ENDIAN);
        switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> writer.writeBoolean(plain.get() != 0);
            case INT32 -> writer.writeInteger(plain.getInt());
            case INT64 -> writer.writeLong(plain.getLong());
            case BINARY, FIXED_LEN_BYTE_ARRAY -> writer.writeBytes(value);
            case FLOAT, DOUBLE, INT96 -> throw unknown();
        }
    }

    private RefusedException unknown() {
        return new RefusedException("a page of " + type.getPrimitiveTypeName() + " has the encoding " + encoding);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
