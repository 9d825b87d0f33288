package io.sluice.scrub.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Statistics;

/** A changed column chunk as it comes about, page by page, and how its description differs from that of the old one. */
final class NewChunk {
    private final CompressionCodec codec;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<PageLocation> locations = new ArrayList<>();
    private long length;
    private long dictionaryLength;
    private long uncompressedGrowth;
    private long entriesGrowth;
    private long nullsGrowth;
    private int pagesChanged;
    private boolean lostPages;

    NewChunk(CompressionCodec codec) {
        this.codec = codec;
    }

    void dictionary(long offset, int bytes) {
        add(new Piece.Copied(offset, bytes));
        dictionaryLength = length;
    }

    void dictionary(StoredPage before, StoredPage after) {
        add(before, after);
        dictionaryLength = length;
    }

    /** A data page that stays as it is. */
    void page(Slot slot) {
        locate(slot, slot.length());
        add(new Piece.Copied(slot.offset(), slot.length()));
    }

    /** A data page of the same content, compressed again. */
    void squeezed(Slot slot, StoredPage before, StoredPage after) {
        locate(slot, after.bytes().length);
        add(before, after);
    }

    /** A data page of other content; one that held nothing but the middle of a blanked row goes. */
    void page(Slot slot, StoredPage before, StoredPage after, Page old, Page edited) {
        pagesChanged++;
        entriesGrowth += edited.entries() - old.entries();
        nullsGrowth += edited.nulls() - old.nulls();
        if (edited.entries() == 0) {
            lostPages = true;
            uncompressedGrowth -= before.uncompressedLength();
            return;
        }
        locate(slot, after.bytes().length);
        add(before, after);
    }

    List<Piece> pieces() {
        return pieces;
    }

    long length() {
        return length;
    }

    int pagesChanged() {
        return pagesChanged;
    }

    /** Where its pages lie once the chunk begins at {@code start}; nothing said about what is in them. */
    OffsetIndex offsetIndex(long start) {
        List<PageLocation> placed = new ArrayList<>(locations.size());
        for (PageLocation location : locations) {
            placed.add(location.deepCopy().setOffset(start + location.getOffset()));
        }
        return new OffsetIndex(placed);
    }

    /** Makes the description of the old chunk that of this one, which begins at {@code start}, without any value. */
    void describe(ColumnChunk chunk, long start) {
        ColumnMetaData metadata = chunk.getMeta_data();
        metadata.setCodec(codec)
                .setNum_values(metadata.getNum_values() + entriesGrowth)
                .setTotal_uncompressed_size(metadata.getTotal_uncompressed_size() + uncompressedGrowth)
                .setTotal_compressed_size(length)
                .setData_page_offset(start + dictionaryLength);
        if (metadata.isSetDictionary_page_offset() && dictionaryLength > 0) {
            metadata.setDictionary_page_offset(start);
        }
        if (metadata.isSetStatistics()) {
            Statistics counts = new Statistics();
            if (metadata.getStatistics().isSetNull_count()) {
                counts.setNull_count(metadata.getStatistics().getNull_count() + nullsGrowth);
            }
            metadata.setStatistics(counts);
        }
        if (lostPages) {
            metadata.unsetEncoding_stats();
        }
        metadata.unsetIndex_page_offset();
        metadata.unsetKey_value_metadata();
        metadata.unsetBloom_filter_offset();
        metadata.unsetBloom_filter_length();
        metadata.unsetSize_statistics();
        metadata.unsetGeospatial_statistics();
        chunk.unsetColumn_index_offset();
        chunk.unsetColumn_index_length();
    }

    private void locate(Slot slot, int bytes) {
        locations.add(new PageLocation(length, bytes, slot.rowsBefore()));
    }

    private void add(StoredPage before, StoredPage after) {
        uncompressedGrowth += after.uncompressedLength() - before.uncompressedLength();
        add(new Piece.Fresh(after.bytes()));
    }

    private void add(Piece piece) {
        pieces.add(piece);
        length += piece.length();
    }
}
