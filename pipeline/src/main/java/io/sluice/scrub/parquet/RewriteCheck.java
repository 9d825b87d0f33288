package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.InputFile;

/**
 * Proves that a rewritten file is the old one but for the rows that were to be blanked: as long, with as many rows in
 * the same order, everybody else's values the same, blanked rows as the plan has it, and no blanked value left in
 * dictionaries, statistics, indexes or gaps. Reads as Parquet's own readers decode and shares nothing with
 * {@link InPlaceRewrite} but the plan.
 */
public final class RewriteCheck {
    private final Plan plan;

    public RewriteCheck(Plan plan) {
        this.plan = plan;
    }

    /** What is wrong, a sentence part each, without a value of the file; nothing where all is well. */
    public List<String> problems(InputFile old, InputFile rewritten, RowPositions rows) {
        List<String> problems = new ArrayList<>();
        try (CheckedFile was = new CheckedFile(old);
                CheckedFile is = new CheckedFile(rewritten)) {
            compare(was, is, rows, problems);
        } catch (IOException | RuntimeException e) { // of many kinds, as a damaged file has it
            problems.add("it cannot be read: " + e.getClass().getSimpleName());
        }
        return problems;
    }

    private void compare(CheckedFile was, CheckedFile is, RowPositions rows, List<String> problems) throws IOException {
        if (was.length() != is.length()) {
            problems.add("the length is " + is.length() + " and was " + was.length());
        }
        if (!was.sameBytes(was.magic(), is, is.magic())) {
            problems.add("it does not begin as a Parquet file does");
        }
        FooterCheck footers = new FooterCheck(was.footer(), is.footer(), problems);
        if (!footers.haveSameShape()) {
            return;
        }
        ChunkCheck chunks = new ChunkCheck(was, is, problems);
        ColumnCheck columns = new ColumnCheck(plan, rows, problems);
        long firstRow = 0;
        for (int g = 0; g < was.reader().getRowGroups().size(); g++) {
            BlockMetaData group = was.reader().getRowGroups().get(g);
            boolean hasBlanked =
                    !rows.within(firstRow, (int) group.getRowCount()).isEmpty();
            Set<String> changed =
                    changed(chunks, group, is.reader().getRowGroups().get(g), hasBlanked);
            footers.compare(g, changed);
            if (hasBlanked) {
                columns.compare(
                        was.reader(), is.reader(), new ColumnCheck.RowGroup(g, firstRow, group.getRowCount(), changed));
            }
            firstRow += group.getRowCount();
        }
        is.findBytesBetween(problems);
    }

    /** Compares the chunks of a row group and returns the columns that differ. */
    private Set<String> changed(ChunkCheck chunks, BlockMetaData was, BlockMetaData is, boolean hasBlanked)
            throws IOException {
        Set<String> changed = new HashSet<>();
        for (int c = 0; c < was.getColumns().size(); c++) {
            ColumnPath path = was.getColumns().get(c).getPath();
            boolean mayChange = hasBlanked && plan.reaches(List.of(path.toArray()));
            if (chunks.compare(was.getColumns().get(c), is.getColumns().get(c), mayChange)) {
                changed.add(path.toDotString());
            }
        }
        return changed;
    }
}
