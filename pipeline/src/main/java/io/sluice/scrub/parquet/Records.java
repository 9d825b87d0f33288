package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The records of row groups, as parquet-java assembles them. */
public final class Records {
    private Records() {}

    /** Takes a record with its row in the file, from 0. */
    public interface Visitor {
        void visit(long row, Group record);
    }

    /** Reads every record of {@code file}, with those columns of its schema that {@code wanted} picks; none where it picks none. */
    public static void each(InputFile file, Function<MessageType, List<Type>> wanted, Visitor visitor)
            throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(
                        new HadoopParquetConfiguration(new Configuration(false)))
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(file, options)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            List<Type> columns = wanted.apply(schema);
            long row = 0;
            for (int group = 0;
                    !columns.isEmpty() && group < reader.getRowGroups().size();
                    group++) {
                long end = row + reader.getRowGroups().get(group).getRowCount();
                RecordReader<Group> records = of(reader, new MessageType(schema.getName(), columns), group);
                for (; row < end; row++) {
                    visitor.visit(row, records.read());
                }
            }
        }
    }

    /** Reads row group {@code group}, from 0, with the columns of {@code wanted}, a part of the schema. */
    public static RecordReader<Group> of(ParquetFileReader reader, MessageType wanted, int group) throws IOException {
        reader.setRequestedSchema(wanted);
        PageReadStore pages = reader.readRowGroup(group);
        return new ColumnIOFactory(reader.getFileMetaData().getCreatedBy())
                .getColumnIO(wanted)
                .getRecordReader(pages, new GroupRecordConverter(wanted));
    }
}
