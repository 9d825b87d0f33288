package io.sluice.scrub.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.schema.MessageType;

/** What a file says of itself at its end, which begins at {@code start}. */
record Footer(FileMetaData metadata, MessageType schema, long start) {
    static final int TAIL_BYTES = 8;
    static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPTED_MAGIC = "PARE".getBytes(StandardCharsets.US_ASCII);
    private static final Set<LogicalType._Fields> NOT_PLAIN =
            Set.of(LogicalType._Fields.VARIANT, LogicalType._Fields.GEOMETRY, LogicalType._Fields.GEOGRAPHY);

    static Footer read(FileBytes file) throws IOException, RefusedException {
        if (file.length() < MAGIC.length + TAIL_BYTES) {
            throw new RefusedException("it is too short for a Parquet file");
        }
        ByteBuffer tail = ByteBuffer.wrap(file.read(file.length() - TAIL_BYTES, TAIL_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        int length = tail.getInt();
        byte[] magic = Arrays.copyOfRange(tail.array(), Integer.BYTES, TAIL_BYTES);
        if (Arrays.equals(magic, ENCRYPTED_MAGIC)) {
            throw new RefusedException("its footer is encrypted");
        }
        long start = file.length() - TAIL_BYTES - length;
        if (!Arrays.equals(magic, MAGIC) || length < 0 || start < MAGIC.length) {
            throw new RefusedException("it does not end as a Parquet file does");
        }
        byte[] bytes = file.read(start, length);
        FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(bytes));
        refuseUnknown(metadata);
        if (!Arrays.equals(bytes, bytes(metadata))) {
            throw new RefusedException("its footer holds something that is unknown here and would be lost");
        }
        MessageType schema = new ParquetMetadataConverter()
                .fromParquetMetadata(metadata)
                .getFileMetaData()
                .getSchema();
        return new Footer(metadata, schema, start);
    }

    static byte[] bytes(FileMetaData metadata) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writeFileMetaData(metadata, out);
        return out.toByteArray();
    }

    private static void refuseUnknown(FileMetaData metadata) throws RefusedException {
        if (metadata.isSetEncryption_algorithm()) {
            throw new RefusedException("columns of it are encrypted");
        }
        for (SchemaElement element : metadata.getSchema()) {
            if (element.isSetLogicalType()) {
                LogicalType._Fields logical = element.getLogicalType().getSetField();
                if (logical == null || NOT_PLAIN.contains(logical)) {
                    throw new RefusedException("column " + element.getName() + " has the type "
                            + (logical == null ? "of a later release of the format" : logical));
                }
            }
        }
        for (RowGroup group : metadata.getRow_groups()) {
            if (group.getNum_rows() > Integer.MAX_VALUE) {
                throw new RefusedException("a row group has " + group.getNum_rows() + " rows");
            }
            for (ColumnChunk chunk : group.getColumns()) {
                if (chunk.isSetFile_path() || chunk.isSetCrypto_metadata() || !chunk.isSetMeta_data()) {
                    throw new RefusedException("a column chunk is encrypted or in another file");
                }
            }
        }
    }
}
