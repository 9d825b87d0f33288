package io.sluice.scrub.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;

/** Takes the pages of one column chunk apart and puts them together, in the encodings that they had. */
record PageFormat(ColumnDescriptor leaf, CompressionCodec codec, Compression compression) {
    Page read(StoredPage stored, ChunkDictionary dictionary) throws IOException, RefusedException {
        PageParts parts = parts(stored);
        int[] repetition = parts.repetition(leaf);
        int[] definition = parts.definition(leaf);
        if (!parts.usesDictionary()) {
            ValueEncoding encoding = new ValueEncoding(parts.encoding(), leaf.getPrimitiveType());
            return new Page(repetition, definition, encoding.read(parts.values(), parts.defined(leaf)));
        }
        int[] places = parts.places(leaf);
        Binary[] values = new Binary[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = dictionary.entry(places[i]);
        }
        return new Page(repetition, definition, values);
    }

    PageParts parts(StoredPage stored) throws IOException, RefusedException {
        checkSum(stored);
        PageHeader header = stored.header();
        ByteBuffer body = stored.body();
        if (!header.isSetData_page_header_v2()) {
            return PageParts.ofFirstVersion(
                    leaf, header, compression.decompress(codec, body, header.getUncompressed_page_size()));
        }
        DataPageHeaderV2 second = header.getData_page_header_v2();
        int levels = second.getRepetition_levels_byte_length() + second.getDefinition_levels_byte_length();
        ByteBuffer values = body.slice(levels, body.remaining() - levels);
        return PageParts.ofSecondVersion(
                second,
                body,
                second.isIs_compressed()
                        ? compression.decompress(codec, values, header.getUncompressed_page_size() - levels)
                        : values);
    }

    StoredPage write(PageHeader old, Page page, ChunkDictionary dictionary) throws IOException, RefusedException {
        PageParts parts = PageParts.of(leaf, old, page, dictionary);
        PageHeader header = old.deepCopy();
        if (header.isSetData_page_header_v2()) {
            header.getData_page_header_v2()
                    .setNum_values(page.entries())
                    .setNum_nulls(page.nulls())
                    .unsetStatistics();
        } else {
            header.getData_page_header().setNum_values(page.entries()).unsetStatistics();
        }
        return pack(header, parts);
    }

    /** The same page, compressed as hard as this attempt does; like all that are written, it says nothing of its values. */
    StoredPage squeeze(StoredPage stored) throws IOException, RefusedException {
        PageHeader header = stored.header().deepCopy();
        if (header.isSetData_page_header_v2()) {
            header.getData_page_header_v2().unsetStatistics();
        } else {
            header.getData_page_header().unsetStatistics();
        }
        return pack(header, parts(stored));
    }

    ChunkDictionary readDictionary(StoredPage stored) throws IOException, RefusedException {
        checkSum(stored);
        DictionaryPageHeader dictionary = stored.header().getDictionary_page_header();
        if (dictionary.getEncoding() != Encoding.PLAIN && dictionary.getEncoding() != Encoding.PLAIN_DICTIONARY) {
            throw new RefusedException("a dictionary has the encoding " + dictionary.getEncoding());
        }
        ByteBuffer plain =
                compression.decompress(codec, stored.body(), stored.header().getUncompressed_page_size());
        return new ChunkDictionary(
                leaf.getPrimitiveType(), PlainValues.read(leaf.getPrimitiveType(), plain, dictionary.getNum_values()));
    }

    StoredPage writeDictionary(PageHeader old, ChunkDictionary dictionary) throws IOException, RefusedException {
        PageHeader header = old.deepCopy();
        header.getDictionary_page_header()
                .setNum_values(dictionary.entries().length)
                .unsetIs_sorted();
        byte[] plain = PlainValues.write(leaf.getPrimitiveType(), dictionary.entries());
        return store(header, plain.length, compression.compress(written(), plain));
    }

    /** The codec of the chunk that is written; {@link #codec} is that of the chunk that is read. */
    CompressionCodec written() {
        return compression.codecAfter(codec);
    }

    private StoredPage pack(PageHeader header, PageParts parts) throws IOException, RefusedException {
        if (!header.isSetData_page_header_v2()) {
            byte[] body = parts.firstVersionBody(leaf);
            return store(header, body.length, compression.compress(written(), body));
        }
        byte[] levels = parts.secondVersionLevels();
        byte[] values = new byte[parts.values().remaining()];
        parts.values().duplicate().get(values);
        byte[] compressed = compression.compress(written(), values);
        boolean smaller = compressed.length < values.length;
        header.getData_page_header_v2()
                .setRepetition_levels_byte_length(parts.repetition().remaining())
                .setDefinition_levels_byte_length(parts.definition().remaining())
                .setIs_compressed(smaller);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(levels);
        body.writeBytes(smaller ? compressed : values);
        return store(header, levels.length + values.length, body.toByteArray());
    }

    private static StoredPage store(PageHeader header, int uncompressed, byte[] body) throws IOException {
        header.setUncompressed_page_size(uncompressed).setCompressed_page_size(body.length);
        if (header.isSetCrc()) {
            header.setCrc(sum(ByteBuffer.wrap(body)));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Util.writePageHeader(header, bytes);
        int headerLength = bytes.size();
        bytes.writeBytes(body);
        return new StoredPage(header, headerLength, bytes.toByteArray());
    }

    private static void checkSum(StoredPage stored) throws RefusedException {
        if (stored.header().isSetCrc() && stored.header().getCrc() != sum(stored.body())) {
            throw new RefusedException("a page does not match its checksum");
        }
    }

    private static int sum(ByteBuffer body) {
        CRC32 sum = new CRC32();
        sum.update(body.duplicate());
        return (int) sum.getValue();
    }
}
