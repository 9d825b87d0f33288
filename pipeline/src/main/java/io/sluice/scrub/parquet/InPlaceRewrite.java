package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.CorruptDeltaByteArrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.io.InputFile;

/**
 * Blanks rows of a Parquet file without changing its length, row count, row order, schema or any other row. Pages that
 * hold no such row are copied as bytes, as are whole column chunks and row groups; changed chunks lose their minimum,
 * maximum, column index and Bloom filter. The caller proves the new file with {@link RewriteCheck} before it swaps it in.
 */
public final class InPlaceRewrite {
    private final Plan plan;

    public InPlaceRewrite(Plan plan) {
        this.plan = plan;
    }

    /** Reads {@code file} and works out the new one, in which {@code rows} are blank; writes nothing. */
    public Outcome of(InputFile file, RowPositions rows) throws IOException {
        try (FileBytes bytes = new FileBytes(file)) {
            Footer footer = Footer.read(bytes);
            if (rows.last() >= footer.metadata().getNum_rows()) {
                throw new IllegalArgumentException("row " + rows.last() + " of a file of "
                        + footer.metadata().getNum_rows());
            }
            Map<List<String>, LeafEdit> edits = LeafEdits.of(footer.schema(), plan);
            long excess = 0;
            for (Effort effort : Effort.values()) {
                IdentityHashMap<ColumnChunk, NewChunk> changed = changed(bytes, footer, edits, rows, effort);
                if (changed.isEmpty()) {
                    return new Outcome.Unchanged();
                }
                Layout layout = new Layout(bytes, footer, changed);
                if (layout.padding() >= 0) {
                    return new Outcome.Fits(layout.file(file));
                }
                excess = -layout.padding();
            }
            return new Outcome.DoesNotFit(excess);
        } catch (RefusedException e) {
            return new Outcome.Refused(e.reason());
        }
    }

    private static IdentityHashMap<ColumnChunk, NewChunk> changed(
            FileBytes file, Footer footer, Map<List<String>, LeafEdit> edits, RowPositions rows, Effort effort)
            throws IOException, RefusedException {
        IdentityHashMap<ColumnChunk, NewChunk> changed = new IdentityHashMap<>();
        long firstRow = 0;
        try (Compression compression = new Compression(effort)) {
            for (RowGroup group : footer.metadata().getRow_groups()) {
                int rowCount = (int) group.getNum_rows();
                BitSet wanted = rows.within(firstRow, rowCount);
                firstRow += rowCount;
                if (wanted.isEmpty()) {
                    continue;
                }
                for (ColumnChunk chunk : group.getColumns()) {
                    LeafEdit edit = edits.get(chunk.getMeta_data().getPath_in_schema());
                    if (edit != null) {
                        PageFormat format = format(footer, chunk, compression);
                        new ChunkRewrite(file, format, edit, wanted)
                                .rewrite(chunk, rowCount)
                                .ifPresent(fresh -> changed.put(chunk, fresh));
                    }
                }
            }
        }
        return changed;
    }

    private static PageFormat format(Footer footer, ColumnChunk chunk, Compression compression)
            throws RefusedException {
        String[] path = chunk.getMeta_data().getPath_in_schema().toArray(String[]::new);
        ColumnDescriptor leaf = footer.schema().getColumnDescription(path);
        if (chunk.getMeta_data().getEncodings().contains(org.apache.parquet.format.Encoding.DELTA_BYTE_ARRAY)
                && CorruptDeltaByteArrays.requiresSequentialReads(
                        footer.metadata().getCreated_by(), Encoding.DELTA_BYTE_ARRAY)) {
            throw new RefusedException("its writer encoded strings across pages");
        }
        return new PageFormat(leaf, chunk.getMeta_data().getCodec(), compression);
    }
}
