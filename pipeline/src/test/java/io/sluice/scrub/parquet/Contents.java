package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** What a file holds, through Parquet's own readers. */
final class Contents {
    private static final ParquetReadOptions OPTIONS = ParquetReadOptions.builder(
                    new HadoopParquetConfiguration(new Configuration(false)))
            .usePageChecksumVerification()
            .build();

    private Contents() {}

    /** Every row as text, in order. */
    static List<String> rows(InputFile file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(file, OPTIONS)) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                RecordReader<Group> records = new ColumnIOFactory()
                        .getColumnIO(schema)
                        .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long i = 0; i < pages.getRowCount(); i++) {
                    rows.add(records.read().toString());
                }
            }
        }
        return rows;
    }

    /** Whether one of {@code patterns} stands in the bytes of the file or, decompressed, in a page of it. */
    static boolean hold(MemoryFile file, List<byte[]> patterns) throws IOException {
        List<byte[]> all = new ArrayList<>();
        all.add(file.bytes());
        try (ParquetFileReader reader = ParquetFileReader.open(file, OPTIONS)) {
            List<ColumnDescriptor> leaves = reader.getFileMetaData().getSchema().getColumns();
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                for (ColumnDescriptor leaf : leaves) {
                    addPages(pages.getPageReader(leaf), all);
                }
            }
        }
        return all.stream().anyMatch(bytes -> patterns.stream().anyMatch(one -> MemoryFile.contains(bytes, one)));
    }

    private static void addPages(PageReader pages, List<byte[]> all) throws IOException {
        DictionaryPage dictionary = pages.readDictionaryPage();
        if (dictionary != null) {
            all.add(FileBytes.of(dictionary.getBytes()));
        }
        for (DataPage page = pages.readPage(); page != null; page = pages.readPage()) {
            if (page instanceof DataPageV1 first) {
                all.add(FileBytes.of(first.getBytes()));
            } else if (page instanceof DataPageV2 second) {
                all.add(FileBytes.of(second.getData()));
            }
        }
    }
}
