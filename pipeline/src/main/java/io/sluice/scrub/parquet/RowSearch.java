package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Finds rows of a file by a key: a column of text or bytes at the root, such as {@code exchange_id}. Of a file that lacks the
 * column, nothing is found; of others, that column only is read.
 */
public final class RowSearch {
    private final String key;

    public RowSearch(String key) {
        this.key = key;
    }

    /** Takes a row and its key; rows without one are left out. */
    private interface Cell {
        void at(long row, Binary key);
    }

    /** The rows whose key is accepted. */
    public RowPositions find(InputFile file, Predicate<byte[]> isWanted) throws IOException {
        LongStream.Builder positions = LongStream.builder();
        read(file, group -> true, (row, value) -> {
            if (isWanted.test(value.getBytesUnsafe())) {
                positions.add(row);
            }
        });
        return RowPositions.of(positions.build().toArray());
    }

    /** The rows whose key is one of {@code wanted}, of ASCII; by its statistics, most of a file sorted by key is passed over. */
    public RowPositions find(InputFile file, NavigableSet<String> wanted) throws IOException {
        LongStream.Builder positions = LongStream.builder();
        read(file, group -> mayHoldOneOf(group, wanted), (row, value) -> {
            if (wanted.contains(value.toStringUsingUTF8())) {
                positions.add(row);
            }
        });
        return RowPositions.of(positions.build().toArray());
    }

    /** The keys that stand in {@code rows}, by row. */
    public Map<Long, String> keys(InputFile file, RowPositions rows) throws IOException {
        Map<Long, String> keys = new HashMap<>();
        if (rows.count() > 0) {
            read(file, group -> true, (row, value) -> {
                if (rows.contains(row)) {
                    keys.put(row, value.toStringUsingUTF8());
                }
            });
        }
        return keys;
    }

    private void read(InputFile file, Predicate<BlockMetaData> isWorthReading, Cell cell) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(
                        new HadoopParquetConfiguration(new Configuration(false)))
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            if (!schema.containsField(key) || !isText(schema.getType(key))) {
                return;
            }
            LeafColumn keys = new LeafColumn(reader, key);
            long first = 0;
            for (int group = 0; group < reader.getRowGroups().size(); group++) {
                BlockMetaData rows = reader.getRowGroups().get(group);
                if (isWorthReading.test(rows)) {
                    try (PageReadStore pages = keys.pages(group)) {
                        cells(keys.entries(pages), first, rows.getRowCount(), cell);
                    }
                }
                first += rows.getRowCount();
            }
        }
    }

    private static boolean isText(Type type) {
        return type.isPrimitive()
                && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && !type.isRepetition(Type.Repetition.REPEATED);
    }

    private static void cells(ColumnReader keys, long first, long count, Cell cell) {
        int defined = keys.getDescriptor().getMaxDefinitionLevel();
        for (long row = first; row < first + count; row++) {
            // A value that is not fetched before consume() would come again in the next row.
            if (keys.getCurrentDefinitionLevel() == defined) {
                cell.at(row, keys.getBinary());
            }
            keys.consume();
        }
    }

    private boolean mayHoldOneOf(BlockMetaData group, NavigableSet<String> wanted) {
        Statistics<?> statistics = group.getColumns().stream()
                .filter(chunk -> chunk.getPath().toDotString().equals(key))
                .findFirst()
                .orElseThrow()
                .getStatistics();
        if (statistics == null || !statistics.hasNonNullValue()) {
            return true;
        }
        String least = ((Binary) statistics.genericGetMin()).toStringUsingUTF8();
        String greatest = ((Binary) statistics.genericGetMax()).toStringUsingUTF8();
        String candidate = wanted.ceiling(least);
        return candidate != null && candidate.compareTo(greatest) <= 0;
    }
}
