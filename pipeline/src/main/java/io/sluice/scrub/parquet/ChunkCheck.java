package io.sluice.scrub.parquet;

import io.sluice.scrub.parquet.CheckedFile.WholePage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

/** Compares the column chunks of two files as bytes, with the filters and indexes that belong to them. */
final class ChunkCheck {
    private final CheckedFile old;
    private final CheckedFile rewritten;
    private final List<String> problems;

    ChunkCheck(CheckedFile old, CheckedFile rewritten, List<String> problems) {
        this.old = old;
        this.rewritten = rewritten;
        this.problems = problems;
    }

    /** Whether the chunk differs from the old one. */
    boolean compare(ColumnChunkMetaData was, ColumnChunkMetaData is, boolean mayChange) throws IOException {
        String name = "column " + was.getPath().toDotString() + " at " + is.getStartingPos();
        boolean same = old.sameBytes(old.chunk(was), rewritten, rewritten.chunk(is));
        if (same) {
            unchanged(name, was, is);
        } else if (mayChange) {
            changed(name, was, is);
        } else {
            problems.add(name + " was not to change");
        }
        offsetIndex(name, was, is);
        return !same;
    }

    private void unchanged(String name, ColumnChunkMetaData was, ColumnChunkMetaData is) throws IOException {
        if (!old.sameBytes(old.filter(was), rewritten, rewritten.filter(is))
                || !old.sameBytes(
                        old.index(was.getColumnIndexReference()),
                        rewritten,
                        rewritten.index(is.getColumnIndexReference()))) {
            problems.add(name + " has another filter or column index");
        }
    }

    private void changed(String name, ColumnChunkMetaData was, ColumnChunkMetaData is) throws IOException {
        Statistics<?> statistics = is.getStatistics();
        if ((statistics != null && statistics.hasNonNullValue())
                || is.getColumnIndexReference() != null
                || is.getBloomFilterOffset() >= 0) {
            problems.add(name + " still has statistics, a column index or a filter of old values");
        }
        List<WholePage> described =
                rewritten.pages(is).stream().filter(WholePage::hasStatistics).toList();
        if (!described.isEmpty() && !areOld(described, was)) {
            problems.add(name + " has a changed page with statistics");
        }
    }

    /** Whether these pages, whose headers speak of values, are copies. */
    private boolean areOld(List<WholePage> pages, ColumnChunkMetaData was) throws IOException {
        Set<ByteBuffer> oldPages = new HashSet<>();
        for (WholePage page : old.pages(was)) {
            oldPages.add(ByteBuffer.wrap(old.read(page.stretch())));
        }
        for (WholePage page : pages) {
            if (!oldPages.contains(ByteBuffer.wrap(rewritten.read(page.stretch())))) {
                return false;
            }
        }
        return true;
    }

    private void offsetIndex(String name, ColumnChunkMetaData was, ColumnChunkMetaData is) throws IOException {
        if (was.getOffsetIndexReference() == null || is.getOffsetIndexReference() == null) {
            if (was.getOffsetIndexReference() != is.getOffsetIndexReference()) {
                problems.add(name + " lost or gained an offset index");
            }
            return;
        }
        List<PageLocation> before = old.locations(was.getOffsetIndexReference());
        List<PageLocation> after = rewritten.locations(is.getOffsetIndexReference());
        long at = is.getFirstDataPageOffset();
        boolean fits = before.size() == after.size();
        for (int i = 0; fits && i < after.size(); i++) {
            fits = after.get(i).getOffset() == at
                    && after.get(i).getFirst_row_index() == before.get(i).getFirst_row_index();
            at += after.get(i).getCompressed_page_size();
        }
        if (!fits || at != is.getStartingPos() + is.getTotalSize()) {
            problems.add(name + " has an offset index that does not fit its pages");
        }
    }
}
