package io.sluice.scrub.parquet;

import java.util.List;
import java.util.function.UnaryOperator;

/** What happens to one column, named by its path in the file, in every row that is blanked. */
public sealed interface ColumnAction {
    /** Names from the root down, e.g. {@code [request_headers, list, element, value]}. */
    List<String> path();

    /**
     * Null where the node is optional, no elements where it is repeated, the empty value where it is a required leaf
     * (nothing, zero, false, 1970); a required group has each of its fields blanked. What counts is the file: Spark writes
     * columns that are NOT NULL in a table as optional ones, and those need {@link SetTo} or {@link Redact} instead.
     */
    record Blank(List<String> path) implements ColumnAction {
        public Blank {
            path = checked(path);
        }
    }

    /** A constant for a leaf at the root: Integer, Long, Float, Double, Boolean, String or byte[], as its type needs. */
    record SetTo(List<String> path, Object value) implements ColumnAction {
        public SetTo {
            path = checked(path);
        }
    }

    /**
     * Each value of a leaf of bytes becomes a function of itself, which may be asked several times for the same value; one
     * of fixed length must keep its length.
     */
    record Redact(List<String> path, UnaryOperator<byte[]> redaction) implements ColumnAction {
        public Redact {
            path = checked(path);
        }
    }

    static ColumnAction blank(String... path) {
        return new Blank(List.of(path));
    }

    static ColumnAction setTo(String column, Object value) {
        return new SetTo(List.of(column), value);
    }

    static ColumnAction redact(UnaryOperator<byte[]> redaction, String... path) {
        return new Redact(List.of(path), redaction);
    }

    private static List<String> checked(List<String> path) {
        if (path.isEmpty()) {
            throw new IllegalArgumentException("the path of a column is empty");
        }
        return List.copyOf(path);
    }
}
