package io.sluice.scrub.parquet;

import java.util.List;
import java.util.Set;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Statistics;

/** Compares the footers of two files, all but the places of things and what a changed chunk must say anew. */
final class FooterCheck {
    private final FileMetaData was;
    private final FileMetaData is;
    private final List<String> problems;

    FooterCheck(FileMetaData was, FileMetaData is, List<String> problems) {
        this.was = was;
        this.is = is;
        this.problems = problems;
    }

    /** Whether both speak of the same columns in as many row groups of as many rows, so that they can be compared. */
    boolean haveSameShape() {
        if (!withoutGroups(was).equals(withoutGroups(is))) {
            problems.add("the schema, the notes or the writer's name in the footer differ");
        }
        if (!rows(was).equals(rows(is))) {
            problems.add("the rows of row groups are " + rows(is) + " and were " + rows(was));
        }
        return problems.isEmpty();
    }

    /** Compares what is said of a row group, in which {@code changed} columns differ as bytes. */
    void compare(int group, Set<String> changed) {
        RowGroup before = was.getRow_groups().get(group);
        RowGroup after = is.getRow_groups().get(group);
        long uncompressed = 0;
        long compressed = 0;
        for (int c = 0; c < before.getColumnsSize(); c++) {
            ColumnMetaData old = before.getColumns().get(c).getMeta_data();
            ColumnMetaData now = after.getColumns().get(c).getMeta_data();
            uncompressed += now.getTotal_uncompressed_size() - old.getTotal_uncompressed_size();
            compressed += now.getTotal_compressed_size() - old.getTotal_compressed_size();
            String column = String.join(".", old.getPath_in_schema());
            boolean same = changed.contains(column)
                    ? !tellsOfValues(now)
                            && isSuccessor(old.getCodec(), now.getCodec())
                            && known(old).equals(known(now).setCodec(old.getCodec()))
                    : placeless(old).equals(placeless(now))
                            && hasSameIndexes(
                                    before.getColumns().get(c),
                                    after.getColumns().get(c));
            if (!same) {
                problems.add("column " + column + " is described in another way");
            }
        }
        RowGroup expected = before.deepCopy().setColumns(List.of());
        expected.setTotal_byte_size(before.getTotal_byte_size() + uncompressed);
        if (before.isSetTotal_compressed_size()) {
            expected.setTotal_compressed_size(before.getTotal_compressed_size() + compressed);
        }
        if (before.isSetFile_offset()) {
            expected.setFile_offset(before.getFile_offset() + start(after) - start(before));
        }
        if (!changed.isEmpty()) {
            expected.unsetSorting_columns();
        }
        if (!expected.equals(after.deepCopy().setColumns(List.of()))) {
            problems.add("row group " + group + " is described in another way");
        }
    }

    private static FileMetaData withoutGroups(FileMetaData metadata) {
        return metadata.deepCopy().setRow_groups(List.of());
    }

    private static List<Long> rows(FileMetaData metadata) {
        return metadata.getRow_groups().stream().map(RowGroup::getNum_rows).toList();
    }

    private static boolean hasSameIndexes(ColumnChunk before, ColumnChunk after) {
        return before.isSetColumn_index_offset() == after.isSetColumn_index_offset()
                && before.getColumn_index_length() == after.getColumn_index_length()
                && before.getMeta_data().isSetBloom_filter_offset()
                        == after.getMeta_data().isSetBloom_filter_offset();
    }

    /** What stays the same wherever the chunk lies. */
    private static ColumnMetaData placeless(ColumnMetaData chunk) {
        ColumnMetaData copy = chunk.deepCopy();
        copy.setBloom_filter_offset(0);
        if (chunk.isSetDictionary_page_offset() && chunk.getDictionary_page_offset() > 0) {
            copy.setDictionary_page_offset(chunk.getDictionary_page_offset() - chunk.getData_page_offset());
        }
        copy.unsetIndex_page_offset();
        return copy.setData_page_offset(0);
    }

    /** What stays the same when rows are blanked; whether the rest is right, reading the entries tells. */
    private static ColumnMetaData known(ColumnMetaData chunk) {
        ColumnMetaData copy = new ColumnMetaData(
                chunk.getType(), chunk.getEncodings(), chunk.getPath_in_schema(), chunk.getCodec(), 0, 0, 0, 0);
        if (chunk.isSetDictionary_page_offset()) {
            copy.setDictionary_page_offset(Math.min(1, chunk.getDictionary_page_offset()));
        }
        return copy;
    }

    /** Whether more is said of the values of a chunk than how many are null. */
    private static boolean tellsOfValues(ColumnMetaData chunk) {
        Statistics counts = new Statistics();
        if (chunk.isSetStatistics() && chunk.getStatistics().isSetNull_count()) {
            counts.setNull_count(chunk.getStatistics().getNull_count());
        }
        return (chunk.isSetStatistics() && !chunk.getStatistics().equals(counts))
                || chunk.isSetKey_value_metadata()
                || chunk.isSetSize_statistics()
                || chunk.isSetGeospatial_statistics();
    }

    /** Whether a chunk may be compressed so that was compressed otherwise: as before, or tighter. */
    private static boolean isSuccessor(CompressionCodec was, CompressionCodec is) {
        return is == was || is == CompressionCodec.ZSTD;
    }

    private static long start(RowGroup group) {
        ColumnMetaData first = group.getColumns().get(0).getMeta_data();
        long dictionary = first.isSetDictionary_page_offset() ? first.getDictionary_page_offset() : 0;
        return dictionary > 0 ? Math.min(dictionary, first.getData_page_offset()) : first.getData_page_offset();
    }
}
