package io.sluice.scrub.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.InputFile;
import org.jspecify.annotations.Nullable;

/** Where everything lies in the new file: chunks in their old order, then filters and indexes, zeros, the footer. */
final class Layout {
    private final FileBytes file;
    private final Footer footer;
    private final IdentityHashMap<ColumnChunk, NewChunk> changed;
    private final IdentityHashMap<ColumnChunk, Long> starts = new IdentityHashMap<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final byte[] footerBytes;
    private long at;

    Layout(FileBytes file, Footer footer, IdentityHashMap<ColumnChunk, NewChunk> changed)
            throws IOException, RefusedException {
        this.file = file;
        this.footer = footer;
        this.changed = changed;
        add(new Piece.Copied(0, Footer.MAGIC.length));
        addChunks();
        footerBytes = Footer.bytes(describe());
    }

    /** Zero bytes that make up the old length; less than none where the new file is longer. */
    long padding() {
        return file.length() - Footer.TAIL_BYTES - footerBytes.length - at;
    }

    NewFile file(InputFile old) {
        List<Piece> all = new ArrayList<>(pieces);
        all.add(new Piece.Fresh(new byte[Math.toIntExact(padding())]));
        all.add(new Piece.Fresh(footerBytes));
        all.add(new Piece.Fresh(ByteBuffer.allocate(Footer.TAIL_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footerBytes.length)
                .put(Footer.MAGIC)
                .array()));
        int pages = changed.values().stream().mapToInt(NewChunk::pagesChanged).sum();
        return new NewFile(old, all, new NewFile.Counts(changed.size(), pages, padding()));
    }

    private void addChunks() throws RefusedException {
        List<ColumnChunk> chunks = new ArrayList<>();
        footer.metadata().getRow_groups().forEach(group -> chunks.addAll(group.getColumns()));
        chunks.sort(Comparator.comparingLong(ChunkPages::start));
        long oldEnd = Footer.MAGIC.length;
        for (ColumnChunk chunk : chunks) {
            long oldStart = ChunkPages.start(chunk);
            long oldLength = chunk.getMeta_data().getTotal_compressed_size();
            if (oldStart < oldEnd || oldLength < 0 || oldStart + oldLength > footer.start()) {
                throw new RefusedException("its column chunks overlap");
            }
            oldEnd = oldStart + oldLength;
            starts.put(chunk, at);
            NewChunk fresh = changed.get(chunk);
            if (fresh == null) {
                add(new Piece.Copied(oldStart, oldLength));
            } else {
                fresh.pieces().forEach(this::add);
            }
        }
    }

    /** The footer, and on the way to it the filters and indexes that it points at. */
    private FileMetaData describe() throws IOException {
        FileMetaData metadata = footer.metadata().deepCopy();
        for (int g = 0; g < metadata.getRow_groupsSize(); g++) {
            RowGroup old = footer.metadata().getRow_groups().get(g);
            RowGroup group = metadata.getRow_groups().get(g);
            for (int c = 0; c < group.getColumnsSize(); c++) {
                describe(old.getColumns().get(c), group.getColumns().get(c));
            }
            describe(old, group);
        }
        return metadata;
    }

    private void describe(RowGroup old, RowGroup group) {
        long compressed = 0;
        long uncompressed = 0;
        boolean anyChanged = false;
        for (int c = 0; c < group.getColumnsSize(); c++) {
            ColumnMetaData now = group.getColumns().get(c).getMeta_data();
            ColumnMetaData before = old.getColumns().get(c).getMeta_data();
            compressed += now.getTotal_compressed_size() - before.getTotal_compressed_size();
            uncompressed += now.getTotal_uncompressed_size() - before.getTotal_uncompressed_size();
            anyChanged |= changed.containsKey(old.getColumns().get(c));
        }
        group.setTotal_byte_size(group.getTotal_byte_size() + uncompressed);
        if (group.isSetTotal_compressed_size()) {
            group.setTotal_compressed_size(group.getTotal_compressed_size() + compressed);
        }
        if (group.isSetFile_offset()) {
            ColumnChunk first = old.getColumns().get(0);
            group.setFile_offset(group.getFile_offset() + shift(first));
        }
        if (anyChanged) {
            group.unsetSorting_columns(); // blanked rows may no longer stand in order
        }
    }

    private void describe(ColumnChunk old, ColumnChunk chunk) throws IOException {
        long shift = shift(old);
        ColumnMetaData metadata = chunk.getMeta_data();
        NewChunk fresh = changed.get(old);
        if (fresh != null) {
            fresh.describe(chunk, start(old));
        } else {
            metadata.setData_page_offset(metadata.getData_page_offset() + shift);
            if (metadata.isSetDictionary_page_offset() && metadata.getDictionary_page_offset() > 0) {
                metadata.setDictionary_page_offset(metadata.getDictionary_page_offset() + shift);
            }
            if (metadata.isSetIndex_page_offset()) {
                metadata.setIndex_page_offset(metadata.getIndex_page_offset() + shift);
            }
            addFilter(metadata);
        }
        if (chunk.getFile_offset() == old.getMeta_data().getData_page_offset()) {
            chunk.setFile_offset(metadata.getData_page_offset());
        } else if (chunk.getFile_offset() > 0) {
            chunk.setFile_offset(chunk.getFile_offset() + shift);
        }
        addIndexes(old, chunk, fresh);
    }

    private void addFilter(ColumnMetaData metadata) throws IOException {
        if (metadata.isSetBloom_filter_offset()) {
            long offset = metadata.getBloom_filter_offset();
            FileBytes.Sized<BloomFilterHeader> header = file.read(offset, footer.start(), Util::readBloomFilterHeader);
            metadata.setBloom_filter_offset(at);
            add(new Piece.Copied(offset, header.length() + header.value().getNumBytes()));
        }
    }

    private void addIndexes(ColumnChunk old, ColumnChunk chunk, @Nullable NewChunk fresh) throws IOException {
        if (chunk.isSetColumn_index_offset()) {
            chunk.setColumn_index_offset(at);
            add(new Piece.Copied(old.getColumn_index_offset(), old.getColumn_index_length()));
        }
        if (chunk.isSetOffset_index_offset()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Util.writeOffsetIndex(fresh == null ? shifted(old) : fresh.offsetIndex(start(old)), bytes);
            chunk.setOffset_index_offset(at).setOffset_index_length(bytes.size());
            add(new Piece.Fresh(bytes.toByteArray()));
        }
    }

    private OffsetIndex shifted(ColumnChunk old) throws IOException {
        OffsetIndex index = ChunkPages.offsetIndex(file, old);
        for (PageLocation location : index.getPage_locations()) {
            location.setOffset(location.getOffset() + shift(old));
        }
        return index;
    }

    private long start(ColumnChunk old) {
        return Objects.requireNonNull(starts.get(old));
    }

    private long shift(ColumnChunk old) {
        return start(old) - ChunkPages.start(old);
    }

    private void add(Piece piece) {
        pieces.add(piece);
        at += piece.length();
    }
}
