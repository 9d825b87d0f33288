package io.sluice.scrub.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/** A file of one column of texts as old writers made them: rows run over pages, whose headers hold statistics. */
final class HandMadeFile {
    private final MessageType schema;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int entries;
    private Encoding encoding = Encoding.PLAIN;
    private int dataStart = Footer.MAGIC.length;

    HandMadeFile(MessageType schema) {
        this.schema = schema;
        out.writeBytes(Footer.MAGIC);
    }

    /** A dictionary without entries, as some writers leave it where all values are null; comes before the pages. */
    HandMadeFile emptyDictionary() throws IOException {
        Util.writePageHeader(
                new PageHeader(PageType.DICTIONARY_PAGE, 0, 0)
                        .setDictionary_page_header(new DictionaryPageHeader(0, Encoding.PLAIN)),
                out);
        encoding = Encoding.RLE_DICTIONARY;
        dataStart = out.size();
        return this;
    }

    HandMadeFile page(Page page) throws IOException, RefusedException {
        DataPageHeader data = new DataPageHeader(page.entries(), encoding, Encoding.RLE, Encoding.RLE);
        PageHeader header = new PageHeader(PageType.DATA_PAGE, 0, 0).setData_page_header(data);
        byte[] body = PageParts.of(schema.getColumns().get(0), header, page, none())
                .firstVersionBody(schema.getColumns().get(0));
        List<Binary> values = new ArrayList<>(List.of(page.values()));
        values.sort(null);
        if (!values.isEmpty()) {
            data.setStatistics(new Statistics()
                    .setMin_value(values.get(0).getBytes())
                    .setMax_value(values.get(values.size() - 1).getBytes()));
        }
        header.setUncompressed_page_size(body.length).setCompressed_page_size(body.length);
        Util.writePageHeader(header, out);
        out.writeBytes(body);
        entries += page.entries();
        return this;
    }

    MemoryFile close(int rows) throws IOException {
        MemoryFile empty = new MemoryFile();
        ExampleParquetWriter.builder(empty)
                .withType(schema)
                .withConf(new Configuration(false))
                .build()
                .close();
        FileMetaData metadata = FooterEdit.metadata(empty);
        long length = (long) out.size() - Footer.MAGIC.length;
        ColumnMetaData column = new ColumnMetaData(
                Type.BYTE_ARRAY,
                List.of(encoding, Encoding.RLE),
                List.of(schema.getColumns().get(0).getPath()),
                CompressionCodec.UNCOMPRESSED,
                entries,
                length,
                length,
                dataStart);
        if (dataStart > Footer.MAGIC.length) {
            column.setDictionary_page_offset(Footer.MAGIC.length);
        }
        ColumnChunk chunk = new ColumnChunk(0).setMeta_data(column);
        metadata.setNum_rows(rows).setRow_groups(List.of(new RowGroup(List.of(chunk), length, rows)));
        byte[] footer = Footer.bytes(metadata);
        out.writeBytes(footer);
        out.writeBytes(ByteBuffer.allocate(Footer.TAIL_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.length)
                .put(Footer.MAGIC)
                .array());
        return new MemoryFile(out.toByteArray());
    }

    private ChunkDictionary none() {
        return new ChunkDictionary(schema.getColumns().get(0).getPrimitiveType(), new Binary[0]);
    }
}
