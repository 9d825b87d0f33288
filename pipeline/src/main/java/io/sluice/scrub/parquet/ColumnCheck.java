package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.DictionaryPageReadStore;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Compares a row group before and after, row by row in each column that the plan reaches: what is not blanked stays as it
 * was, all else is as the plan has it. In columns that differ as bytes, a dictionary must not hold a value that no entry has,
 * for a blanked one may live on there, and the footer must count the nulls right, or readers leave out rows.
 */
final class ColumnCheck {
    private static final int ENOUGH_PROBLEMS = 20;

    private final Plan plan;
    private final RowPositions rows;
    private final List<String> problems;

    ColumnCheck(Plan plan, RowPositions rows, List<String> problems) {
        this.plan = plan;
        this.rows = rows;
        this.problems = problems;
    }

    /** A row group by its number, with the columns of it that differ as bytes. */
    record RowGroup(int number, long firstRow, long rowCount, Set<String> changed) {}

    void compare(ParquetFileReader old, ParquetFileReader rewritten, RowGroup group) throws IOException {
        List<ColumnChunkMetaData> before =
                old.getRowGroups().get(group.number()).getColumns();
        List<ColumnChunkMetaData> after =
                rewritten.getRowGroups().get(group.number()).getColumns();
        for (int c = 0; c < before.size() && problems.size() < ENOUGH_PROBLEMS; c++) {
            String[] path = before.get(c).getPath().toArray();
            if (plan.reaches(List.of(path))) {
                compare(
                        new Chunk(old, before.get(c), new LeafColumn(old, path)),
                        new Chunk(rewritten, after.get(c), new LeafColumn(rewritten, path)),
                        group);
            }
        }
    }

    /** A leaf in one row group of a file. */
    private record Chunk(ParquetFileReader reader, ColumnChunkMetaData metadata, LeafColumn leaf) {
        String name() {
            return metadata.getPath().toDotString();
        }

        /** The values of its dictionary, if it has one. */
        Set<RecordValue> dictionary(int group) throws IOException {
            try (DictionaryPageReadStore dictionaries = reader.getDictionaryReader(group)) {
                return values(leaf.descriptor(), dictionaries.readDictionaryPage(leaf.descriptor()));
            }
        }
    }

    private void compare(Chunk was, Chunk is, RowGroup group) throws IOException {
        boolean isChanged = group.changed().contains(is.name());
        Set<RecordValue> unseen = isChanged ? is.dictionary(group.number()) : new HashSet<>();
        try (PageReadStore old = was.leaf().pages(group.number());
                PageReadStore rewritten = is.leaf().pages(group.number())) {
            Entries before = new Entries(was.leaf().entries(old), was.metadata().getValueCount(), new HashSet<>());
            Entries after =
                    new Entries(is.leaf().entries(rewritten), is.metadata().getValueCount(), unseen);
            compare(before, after, expected(is), group);
            if (isChanged) {
                checkFacts(is, after.nulls(), unseen);
            }
        }
    }

    private void compare(Entries before, Entries after, ExpectedRow expected, RowGroup group) {
        String name = expected.name();
        long end = group.firstRow() + group.rowCount();
        for (long row = group.firstRow(); row < end && problems.size() < ENOUGH_PROBLEMS; row++) {
            if (before.areOver() || after.areOver()) {
                problems.add(name + " has fewer rows than are counted");
                return;
            }
            boolean isAsItShould =
                    rows.contains(row) ? expected.after(before.row()).equals(after.row()) : isSameRow(before, after);
            if (!isAsItShould) {
                problems.add("row " + row + " is not as it should be in " + name);
            }
        }
        if (problems.isEmpty() && !(before.areOver() && after.areOver())) {
            problems.add(name + " has more rows than are counted");
        }
    }

    private ExpectedRow expected(Chunk chunk) {
        String[] path = chunk.metadata().getPath().toArray();
        return ExpectedRow.of(
                plan.action(List.of(path)).orElseThrow(),
                chunk.reader().getFileMetaData().getSchema(),
                path);
    }

    private static boolean isSameRow(Entries before, Entries after) {
        boolean same;
        do {
            same = before.standAtTheSameAs(after);
            before.pass();
            after.pass();
        } while (same && (before.areInRow() || after.areInRow()));
        before.passRow();
        after.passRow();
        return same;
    }

    private void checkFacts(Chunk chunk, long nulls, Set<RecordValue> unseen) {
        if (!unseen.isEmpty()) {
            problems.add("the dictionary of " + chunk.name() + " holds unused values");
        }
        if (chunk.metadata().getStatistics().isNumNullsSet()
                && chunk.metadata().getStatistics().getNumNulls() != nulls) {
            problems.add("the footer counts " + chunk.metadata().getStatistics().getNumNulls() + " nulls in "
                    + chunk.name() + " of " + nulls);
        }
    }

    private static Set<RecordValue> values(ColumnDescriptor leaf, @Nullable DictionaryPage page) throws IOException {
        Set<RecordValue> values = new HashSet<>();
        if (page != null) {
            Dictionary dictionary = page.getEncoding().initDictionary(leaf, page);
            for (int i = 0; i <= dictionary.getMaxId(); i++) {
                values.add(RecordValue.of(leaf.getPrimitiveType(), dictionary, i));
            }
            values.remove(RecordValue.empty(leaf.getPrimitiveType()));
        }
        return values;
    }
}
