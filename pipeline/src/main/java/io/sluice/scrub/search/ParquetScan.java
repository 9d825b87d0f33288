package io.sluice.scrub.search;

import io.sluice.scrub.parquet.LeafColumn;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.EncodingStats;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.DictionaryPageReadStore;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Looks at every text and byte value of a Parquet file, column by column, and at the dictionaries with all they hold,
 * used or not. Numbers are left out.
 */
final class ParquetScan {
    private final ValueScan values;
    private final Tally tally;
    private final Set<String> leftOut;

    /** Columns of {@code leftOut} are not looked at. */
    ParquetScan(ValueScan values, Tally tally, Set<String> leftOut) {
        this.leftOut = leftOut;
        this.values = values;
        this.tally = tally;
    }

    void of(InputFile file) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(
                        new HadoopParquetConfiguration(new Configuration(false)))
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
            for (ColumnDescriptor column : reader.getFileMetaData().getSchema().getColumns()) {
                PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
                boolean isText = type == PrimitiveTypeName.BINARY || type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
                if (isText && !leftOut.contains(name(column))) {
                    column(reader, column);
                }
            }
        }
    }

    private void column(ParquetFileReader reader, ColumnDescriptor column) throws IOException {
        LeafColumn leaf = new LeafColumn(reader, column.getPath());
        long firstRow = 0;
        for (int group = 0; group < reader.getRowGroups().size(); group++) {
            BlockMetaData rows = reader.getRowGroups().get(group);
            ColumnChunkMetaData chunk = chunk(rows, column);
            Optional<Boolean> inDictionary = dictionary(reader, rows, leaf.descriptor(), firstRow);
            if (!isAllInDictionary(chunk) || inDictionary.orElse(true)) {
                values(leaf, group, new Cells(chunk.getValueCount(), firstRow));
            }
            firstRow += rows.getRowCount();
        }
    }

    /** How many values, nulls included, a column has in a row group, and which row of the file is its first. */
    private record Cells(long count, long firstRow) {}

    /** Looks at every entry and returns whether a value stands in one, so that its rows are to be found; empty if none is there. */
    private Optional<Boolean> dictionary(
            ParquetFileReader reader, BlockMetaData rows, ColumnDescriptor column, long firstRow) throws IOException {
        try (DictionaryPageReadStore dictionaries = reader.getDictionaryReader(rows)) {
            DictionaryPage page = dictionaries.readDictionaryPage(column);
            if (page == null) {
                return Optional.empty();
            }
            Dictionary dictionary = page.getEncoding().initDictionary(column, page);
            boolean found = false;
            for (int entry = 0; entry <= dictionary.getMaxId(); entry++) {
                Set<Sighting> sightings = look(dictionary.decodeToBinary(entry));
                tally.add(sightings, name(column) + " dictionary", firstRow);
                found |= !sightings.isEmpty();
            }
            return Optional.of(found);
        }
    }

    private void values(LeafColumn leaf, int group, Cells expected) throws IOException {
        ColumnDescriptor column = leaf.descriptor();
        String name = name(column);
        try (PageReadStore pages = leaf.pages(group)) {
            ColumnReader cells = leaf.entries(pages);
            Binary clean = Binary.EMPTY;
            long row = expected.firstRow() - 1;
            for (long cell = 0; cell < expected.count(); cell++) {
                row += cells.getCurrentRepetitionLevel() == 0 ? 1 : 0;
                if (cells.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
                    Binary value = cells.getBinary();
                    if (!value.equals(clean)) {
                        Set<Sighting> sightings = look(value);
                        tally.addInRow(sightings, name, row);
                        clean = sightings.isEmpty() ? value : clean;
                    }
                }
                cells.consume();
            }
        }
    }

    private Set<Sighting> look(Binary value) {
        byte[] bytes = value.getBytes();
        Set<Sighting> sightings = values.whole(bytes);
        tally.decoded(bytes.length, values);
        return sightings;
    }

    private static String name(ColumnDescriptor column) {
        return String.join(".", column.getPath());
    }

    /** Whether all values of a chunk are said to stand in its dictionary. */
    static boolean isAllInDictionary(ColumnChunkMetaData chunk) {
        EncodingStats pages = chunk.getEncodingStats();
        return pages != null && pages.hasDictionaryEncodedPages() && !pages.hasNonDictionaryEncodedPages();
    }

    private static ColumnChunkMetaData chunk(BlockMetaData group, ColumnDescriptor column) {
        ColumnPath path = ColumnPath.get(column.getPath());
        return group.getColumns().stream()
                .filter(chunk -> chunk.getPath().equals(path))
                .findFirst()
                .orElseThrow();
    }
}
