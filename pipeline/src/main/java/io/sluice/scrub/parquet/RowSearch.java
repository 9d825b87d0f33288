package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

/** Finds rows of a file by a key: a column of text or bytes at the root, such as {@code exchange_id}. */
public final class RowSearch {
    private final String key;

    public RowSearch(String key) {
        this.key = key;
    }

    /** The rows whose key is accepted; none where the file lacks the column. Reads that column only. */
    public RowPositions find(InputFile file, Predicate<byte[]> isWanted) throws IOException {
        LongStream.Builder positions = LongStream.builder();
        ParquetReadOptions options = ParquetReadOptions.builder(
                        new HadoopParquetConfiguration(new Configuration(false)))
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
            FileMetaData metadata = reader.getFileMetaData();
            if (!metadata.getSchema().containsField(key)) {
                return RowPositions.of();
            }
            MessageType keyOnly = new MessageType(
                    metadata.getSchema().getName(), metadata.getSchema().getType(key));
            reader.setRequestedSchema(keyOnly);
            long row = 0;
            for (BlockMetaData group : reader.getRowGroups()) {
                ColumnReader keys = new ColumnReadStoreImpl(
                                reader.readNextRowGroup(), new NoValues(keyOnly), keyOnly, metadata.getCreatedBy())
                        .getColumnReader(keyOnly.getColumns().get(0));
                for (long end = row + group.getRowCount(); row < end; row++) {
                    if (isWanted(keys, isWanted)) {
                        positions.add(row);
                    }
                    keys.consume();
                }
            }
        }
        return RowPositions.of(positions.build().toArray());
    }

    private static boolean isWanted(ColumnReader keys, Predicate<byte[]> isWanted) {
        boolean hasValue =
                keys.getCurrentDefinitionLevel() == keys.getDescriptor().getMaxDefinitionLevel();
        // A value that is not fetched before consume() would come again in the next row.
        return hasValue && isWanted.test(keys.getBinary().getBytes());
    }
}
