package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.DictionaryPageReadStore;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the entries of the changed columns of a row group: a dictionary must not hold a value that no entry has,
 * for a blanked one may live on there, and the footer must count the nulls right, or readers leave out rows.
 */
final class ColumnCheck {
    private final ParquetFileReader reader;
    private final MessageType schema;
    private final List<String> problems;

    /** Reads the columns of {@code schema}, of the file of {@code reader}. */
    ColumnCheck(ParquetFileReader reader, MessageType schema, List<String> problems) {
        this.reader = reader;
        this.schema = schema;
        this.problems = problems;
    }

    void check(RecordCheck.RowGroup group) throws IOException {
        reader.setRequestedSchema(schema);
        PageReadStore pages = reader.readRowGroup(group.number());
        ColumnReadStoreImpl columns = new ColumnReadStoreImpl(
                pages,
                new GroupRecordConverter(schema).getRootConverter(),
                schema,
                reader.getFileMetaData().getCreatedBy());
        try (DictionaryPageReadStore dictionaries = reader.getDictionaryReader(group.number())) {
            for (ColumnChunkMetaData chunk :
                    reader.getRowGroups().get(group.number()).getColumns()) {
                if (group.changed().contains(chunk.getPath().toDotString())) {
                    ColumnDescriptor leaf =
                            schema.getColumnDescription(chunk.getPath().toArray());
                    check(chunk, columns.getColumnReader(leaf), values(leaf, dictionaries.readDictionaryPage(leaf)));
                }
            }
        }
    }

    private void check(ColumnChunkMetaData chunk, ColumnReader entries, Set<RecordValue> unseen) {
        long nulls = 0;
        for (long i = 0; i < chunk.getValueCount(); i++) {
            if (entries.getCurrentDefinitionLevel() < entries.getDescriptor().getMaxDefinitionLevel()) {
                nulls++;
            } else if (unseen.isEmpty()) {
                entries.skip(); // consume() alone would not move past it
            } else {
                unseen.remove(RecordValue.of(entries));
            }
            entries.consume();
        }
        String column = chunk.getPath().toDotString();
        if (!unseen.isEmpty()) {
            problems.add("the dictionary of " + column + " holds unused values");
        }
        if (chunk.getStatistics().isNumNullsSet() && chunk.getStatistics().getNumNulls() != nulls) {
            problems.add("the footer counts " + chunk.getStatistics().getNumNulls() + " nulls in " + column + " of "
                    + nulls);
        }
    }

    private static Set<RecordValue> values(ColumnDescriptor leaf, @Nullable DictionaryPage page) throws IOException {
        Set<RecordValue> values = new HashSet<>();
        if (page != null) {
            Dictionary dictionary = page.getEncoding().initDictionary(leaf, page);
            for (int i = 0; i <= dictionary.getMaxId(); i++) {
                values.add(RecordValue.of(leaf.getPrimitiveType(), dictionary, i));
            }
            values.remove(RecordValue.empty(leaf.getPrimitiveType()));
        }
        return values;
    }
}
