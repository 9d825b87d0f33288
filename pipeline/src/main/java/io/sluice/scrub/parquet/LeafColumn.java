package io.sluice.scrub.parquet;

import java.io.IOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** One leaf of a Parquet file, read entry by entry without the columns beside it. */
public final class LeafColumn {
    private final ParquetFileReader reader;
    private final MessageType only;

    /** The leaf at {@code path} in the file of {@code reader}. */
    public LeafColumn(ParquetFileReader reader, String... path) {
        MessageType schema = reader.getFileMetaData().getSchema();
        this.reader = reader;
        this.only = new MessageType(schema.getName(), pruned(schema.getType(path[0]), path, 1));
    }

    public ColumnDescriptor descriptor() {
        return only.getColumns().get(0);
    }

    /** The pages of row group {@code group}, from 0, to be closed when its entries have been read. */
    public PageReadStore pages(int group) throws IOException {
        reader.setRequestedSchema(only);
        return reader.readRowGroup(group);
    }

    /** The entries of {@code pages}, the first one at once. */
    public ColumnReader entries(PageReadStore pages) {
        return new ColumnReadStoreImpl(
                        pages,
                        new NoValues(only),
                        only,
                        reader.getFileMetaData().getCreatedBy())
                .getColumnReader(descriptor());
    }

    private static Type pruned(Type type, String[] path, int depth) {
        if (type.isPrimitive()) {
            return type;
        }
        GroupType group = type.asGroupType();
        return group.withNewFields(pruned(group.getType(path[depth]), path, depth + 1));
    }
}
