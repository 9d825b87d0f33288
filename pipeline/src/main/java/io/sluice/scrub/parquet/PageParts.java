package io.sluice.scrub.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;

/** The uncompressed parts of a data page: both kinds of levels and the values, each still encoded. */
record PageParts(int entries, Encoding encoding, ByteBuffer repetition, ByteBuffer definition, ByteBuffer values) {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The first version of data pages: levels stand behind their length, where there are any. */
    static PageParts ofFirstVersion(ColumnDescriptor leaf, PageHeader page, ByteBuffer body) throws RefusedException {
        DataPageHeader header = page.getData_page_header();
        ByteBuffer rest = body.slice().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer repetition = NOTHING;
        ByteBuffer definition = NOTHING;
        if (leaf.getMaxRepetitionLevel() > 0) {
            repetition = levels(header.getRepetition_level_encoding(), rest);
        }
        if (leaf.getMaxDefinitionLevel() > 0) {
            definition = levels(header.getDefinition_level_encoding(), rest);
        }
        return new PageParts(header.getNum_values(), header.getEncoding(), repetition, definition, rest.slice());
    }

    static PageParts ofSecondVersion(DataPageHeaderV2 header, ByteBuffer body, ByteBuffer values) {
        int repetition = header.getRepetition_levels_byte_length();
        return new PageParts(
                header.getNum_values(),
                header.getEncoding(),
                body.slice(0, repetition),
                body.slice(repetition, header.getDefinition_levels_byte_length()),
                values);
    }

    /** Encodes {@code page} as the page with the header {@code old} was. */
    static PageParts of(ColumnDescriptor leaf, PageHeader old, Page page, ChunkDictionary dictionary)
            throws IOException, RefusedException {
        Encoding encoding = old.isSetData_page_header_v2()
                ? old.getData_page_header_v2().getEncoding()
                : old.getData_page_header().getEncoding();
        byte[] values = isDictionary(encoding)
                ? places(page, dictionary)
                : new ValueEncoding(encoding, leaf.getPrimitiveType()).write(page.values());
        return new PageParts(
                page.entries(),
                encoding,
                levels(page.repetition(), leaf.getMaxRepetitionLevel()),
                levels(page.definition(), leaf.getMaxDefinitionLevel()),
                ByteBuffer.wrap(values));
    }

    static boolean isDictionary(Encoding encoding) {
        return encoding == Encoding.RLE_DICTIONARY || encoding == Encoding.PLAIN_DICTIONARY;
    }

    boolean usesDictionary() {
        return isDictionary(encoding);
    }

    int[] repetition(ColumnDescriptor leaf) throws IOException {
        return Runs.read(repetition, Runs.width(leaf.getMaxRepetitionLevel()), entries);
    }

    int[] definition(ColumnDescriptor leaf) throws IOException {
        return Runs.read(definition, Runs.width(leaf.getMaxDefinitionLevel()), entries);
    }

    /** The number of entries that have a value. */
    int defined(ColumnDescriptor leaf) throws IOException {
        int defined = 0;
        for (int level : definition(leaf)) {
            defined += level == leaf.getMaxDefinitionLevel() ? 1 : 0;
        }
        return defined;
    }

    /** Where in the dictionary the values stand. */
    int[] places(ColumnDescriptor leaf) throws IOException {
        int count = defined(leaf);
        if (count == 0) {
            return new int[0];
        }
        return Runs.read(values.slice(1, values.remaining() - 1), values.get(0), count);
    }

    byte[] firstVersionBody(ColumnDescriptor leaf) {
        ByteBuffer body = ByteBuffer.allocate(
                        2 * Integer.BYTES + repetition.remaining() + definition.remaining() + values.remaining())
                .order(ByteOrder.LITTLE_ENDIAN);
        if (leaf.getMaxRepetitionLevel() > 0) {
            body.putInt(repetition.remaining()).put(repetition.duplicate());
        }
        if (leaf.getMaxDefinitionLevel() > 0) {
            body.putInt(definition.remaining()).put(definition.duplicate());
        }
        body.put(values.duplicate());
        return Arrays.copyOf(body.array(), body.position());
    }

    byte[] secondVersionLevels() {
        ByteBuffer levels = ByteBuffer.allocate(repetition.remaining() + definition.remaining());
        return levels.put(repetition.duplicate()).put(definition.duplicate()).array();
    }

    private static byte[] places(Page page, ChunkDictionary dictionary) throws IOException {
        int[] places = new int[page.values().length];
        int largest = 0;
        for (int i = 0; i < places.length; i++) {
            places[i] = dictionary.placeOf(page.values()[i]);
            largest = Math.max(largest, places[i]);
        }
        int width = Runs.width(largest);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(width);
        bytes.writeBytes(Runs.write(places, width));
        return bytes.toByteArray();
    }

    private static ByteBuffer levels(int[] levels, int largest) throws IOException {
        return largest == 0 ? NOTHING : ByteBuffer.wrap(Runs.write(levels, Runs.width(largest)));
    }

    private static ByteBuffer levels(Encoding encoding, ByteBuffer rest) throws RefusedException {
        if (encoding != Encoding.RLE) {
            throw new RefusedException("levels of a page have the encoding " + encoding);
        }
        int length = rest.getInt();
        ByteBuffer levels = rest.slice(rest.position(), length);
        rest.position(rest.position() + length);
        return levels;
    }
}
