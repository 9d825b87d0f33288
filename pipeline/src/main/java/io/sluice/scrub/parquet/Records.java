package io.sluice.scrub.parquet;

import java.io.IOException;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** The records of row groups, as parquet-java assembles them. */
public final class Records {
    private Records() {}

    /** Reads row group {@code group}, from 0, with the columns of {@code wanted}, a part of the schema. */
    public static RecordReader<Group> of(ParquetFileReader reader, MessageType wanted, int group) throws IOException {
        reader.setRequestedSchema(wanted);
        PageReadStore pages = reader.readRowGroup(group);
        return new ColumnIOFactory(reader.getFileMetaData().getCreatedBy())
                .getColumnIO(wanted)
                .getRecordReader(pages, new GroupRecordConverter(wanted));
    }
}
