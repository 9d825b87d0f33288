package io.sluice.scrub.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;

/** Where the pages of one column chunk lie: a dictionary page of {@code dictionaryLength} bytes, if any, then data. */
record ChunkPages(long start, int dictionaryLength, List<Slot> data) {
    static ChunkPages of(FileBytes file, ColumnChunk chunk, PageFormat format, int rows)
            throws IOException, RefusedException {
        long start = start(chunk);
        long end = start + chunk.getMeta_data().getTotal_compressed_size();
        ChunkPages pages = chunk.isSetOffset_index_offset()
                ? located(start, offsetIndex(file, chunk), rows)
                : walked(file, start, end, format);
        long at = start + pages.dictionaryLength;
        int rowsSeen = 0;
        for (Slot slot : pages.data) {
            if (slot.offset() != at) {
                throw new RefusedException("the pages of a column chunk do not follow one another");
            }
            at += slot.length();
            rowsSeen += slot.rows();
        }
        if (at != end || rowsSeen != rows) {
            throw new RefusedException("the pages of a column chunk do not end where the chunk does");
        }
        return pages;
    }

    static long start(ColumnChunk chunk) {
        ColumnMetaData metadata = chunk.getMeta_data();
        long data = metadata.getData_page_offset();
        long dictionary = metadata.isSetDictionary_page_offset() ? metadata.getDictionary_page_offset() : 0;
        return dictionary > 0 && dictionary < data ? dictionary : data;
    }

    static OffsetIndex offsetIndex(FileBytes file, ColumnChunk chunk) throws IOException {
        return FileBytes.Sized.of(
                        ByteBuffer.wrap(file.read(chunk.getOffset_index_offset(), chunk.getOffset_index_length())),
                        Util::readOffsetIndex)
                .value();
    }

    private static ChunkPages located(long start, OffsetIndex index, int rows) throws RefusedException {
        List<PageLocation> locations = index.getPage_locations();
        List<Slot> data = new ArrayList<>(locations.size());
        for (int i = 0; i < locations.size(); i++) {
            PageLocation page = locations.get(i);
            long nextRow = i + 1 < locations.size() ? locations.get(i + 1).getFirst_row_index() : rows;
            int first = (int) page.getFirst_row_index();
            data.add(new Slot(page.getOffset(), page.getCompressed_page_size(), first, (int) nextRow - first, false));
        }
        if (data.isEmpty() || data.get(0).rowsBefore() != 0) {
            throw new RefusedException("an offset index does not begin with the first row");
        }
        return new ChunkPages(start, (int) (data.get(0).offset() - start), data);
    }

    /** Goes from header to header, for a chunk without an offset index. */
    private static ChunkPages walked(FileBytes file, long start, long end, PageFormat format)
            throws IOException, RefusedException {
        List<Slot> data = new ArrayList<>();
        int dictionaryLength = 0;
        int rows = 0;
        for (long at = start; at < end; ) {
            FileBytes.Sized<PageHeader> header = file.read(at, end, Util::readPageHeader);
            int length = header.length() + header.value().getCompressed_page_size();
            if (header.value().getType() == PageType.DICTIONARY_PAGE && at == start) {
                dictionaryLength = length;
            } else if (header.value().isSetData_page_header_v2()) {
                int begun = header.value().getData_page_header_v2().getNum_rows();
                data.add(new Slot(at, length, rows, begun, false));
                rows += begun;
            } else if (header.value().isSetData_page_header()) {
                int begun = rowsBegun(file, at, length, header.value(), format);
                data.add(new Slot(at, length, rows, begun, format.leaf().getMaxRepetitionLevel() > 0));
                rows += begun;
            } else {
                throw new RefusedException(
                        "a column chunk holds a " + header.value().getType());
            }
            at += length;
        }
        return new ChunkPages(start, dictionaryLength, data);
    }

    private static int rowsBegun(FileBytes file, long at, int length, PageHeader header, PageFormat format)
            throws IOException, RefusedException {
        if (format.leaf().getMaxRepetitionLevel() == 0) {
            return header.getData_page_header().getNum_values();
        }
        int begun = 0;
        for (int level : format.parts(StoredPage.parse(file.read(at, length))).repetition(format.leaf())) {
            begun += level == 0 ? 1 : 0;
        }
        return begun;
    }
}
