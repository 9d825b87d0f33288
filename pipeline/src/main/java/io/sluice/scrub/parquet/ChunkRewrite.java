package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.io.api.Binary;

/** Rewrites those pages of one column chunk that hold a row to blank, and its dictionary; all others stay as they are. */
final class ChunkRewrite {
    private final FileBytes file;
    private final PageFormat format;
    private final LeafEdit edit;
    private final BitSet rows;

    ChunkRewrite(FileBytes file, PageFormat format, LeafEdit edit, BitSet rows) {
        this.file = file;
        this.format = format;
        this.edit = edit;
        this.rows = rows;
    }

    /** The chunk without what is to be blanked; nothing where it holds none of it. */
    Optional<NewChunk> rewrite(ColumnChunk chunk, int rowCount) throws IOException, RefusedException {
        ChunkPages pages = ChunkPages.of(file, chunk, format, rowCount);
        ChunkDictionary dictionary = dictionary(pages);
        BitSet changing = new BitSet();
        Set<Binary> needed = new LinkedHashSet<>();
        for (int i = 0; i < pages.data().size(); i++) {
            if (pages.data().get(i).holdsOneOf(rows) && changes(pages.data().get(i), dictionary, needed)) {
                changing.set(i);
            }
        }
        if (changing.isEmpty()) {
            return Optional.empty();
        }
        ChunkDictionary kept =
                pages.dictionaryLength() == 0 ? dictionary : dictionary.keeping(usedElsewhere(pages, changing), needed);
        return Optional.of(assemble(pages, changing, dictionary, kept));
    }

    private boolean changes(Slot slot, ChunkDictionary dictionary, Set<Binary> needed)
            throws IOException, RefusedException {
        StoredPage stored = stored(slot);
        Page page = format.read(stored, dictionary);
        if (page.rows() != slot.rows()) {
            throw new RefusedException("a page does not hold the rows that its index says");
        }
        Page edited = edited(page, slot);
        if (edited.holdsTheSameAs(page)) {
            return false;
        }
        if (format.parts(stored).usesDictionary()) {
            Collections.addAll(needed, edited.values());
        }
        return true;
    }

    /** The places in the dictionary that pages name which stay as they are. */
    private BitSet usedElsewhere(ChunkPages pages, BitSet changing) throws IOException, RefusedException {
        BitSet used = new BitSet();
        for (int i = changing.nextClearBit(0); i < pages.data().size(); i = changing.nextClearBit(i + 1)) {
            PageParts parts = format.parts(stored(pages.data().get(i)));
            if (parts.usesDictionary()) {
                for (int place : parts.places(format.leaf())) {
                    used.set(place);
                }
            }
        }
        return used;
    }

    private NewChunk assemble(ChunkPages pages, BitSet changing, ChunkDictionary old, ChunkDictionary kept)
            throws IOException, RefusedException {
        boolean squeeze = format.compression().effort() == Effort.WHOLE_CHUNK;
        NewChunk chunk = new NewChunk(format.written());
        if (pages.dictionaryLength() > 0) {
            StoredPage before = StoredPage.parse(file.read(pages.start(), pages.dictionaryLength()));
            if (squeeze || !kept.hasEntriesOf(old)) {
                chunk.dictionary(before, format.writeDictionary(before.header(), kept));
            } else {
                chunk.dictionary(pages.start(), pages.dictionaryLength());
            }
        }
        for (int i = 0; i < pages.data().size(); i++) {
            Slot slot = pages.data().get(i);
            if (changing.get(i)) {
                StoredPage before = stored(slot);
                Page page = format.read(before, old);
                Page edited = edited(page, slot);
                chunk.page(slot, before, format.write(before.header(), edited, kept), page, edited);
            } else if (squeeze) {
                StoredPage before = stored(slot);
                chunk.squeezed(slot, before, format.squeeze(before));
            } else {
                chunk.page(slot);
            }
        }
        return chunk;
    }

    private Page edited(Page page, Slot slot) {
        return edit.apply(page, format.leaf().getMaxDefinitionLevel(), rows, slot.rowsBefore());
    }

    private ChunkDictionary dictionary(ChunkPages pages) throws IOException, RefusedException {
        if (pages.dictionaryLength() == 0) {
            return new ChunkDictionary(format.leaf().getPrimitiveType(), new Binary[0]);
        }
        return format.readDictionary(StoredPage.parse(file.read(pages.start(), pages.dictionaryLength())));
    }

    private StoredPage stored(Slot slot) throws IOException, RefusedException {
        return StoredPage.parse(file.read(slot.offset(), slot.length()));
    }
}
