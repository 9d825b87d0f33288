package io.sluice.scrub.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnReader;
import org.jspecify.annotations.Nullable;

/** The entries of one leaf in a row group, one after the other. */
final class Entries {
    private final ColumnReader column;
    private final Set<RecordValue> unseen;
    private long left;
    private long nulls;

    /** Takes how many entries there are; each value that is passed is taken out of {@code unseen}. */
    Entries(ColumnReader column, long count, Set<RecordValue> unseen) {
        this.column = column;
        this.left = count;
        this.unseen = unseen;
    }

    /** One entry, with its levels; without a value, something above the leaf or the leaf itself is null or empty. */
    record Entry(int repetition, int definition, @Nullable RecordValue value) {}

    boolean areOver() {
        return left <= 0;
    }

    /** Whether the row that was begun goes on. */
    boolean areInRow() {
        return left > 0 && column.getCurrentRepetitionLevel() > 0;
    }

    /** How many of those passed so far have no value. */
    long nulls() {
        return nulls;
    }

    /** Whether the entry here has the levels and the value of the one there. */
    boolean standAtTheSameAs(Entries other) {
        return !areOver()
                && !other.areOver()
                && column.getCurrentRepetitionLevel() == other.column.getCurrentRepetitionLevel()
                && column.getCurrentDefinitionLevel() == other.column.getCurrentDefinitionLevel()
                && (!hasValue() || isSame(column, other.column));
    }

    /** Goes on to the next entry. */
    void pass() {
        if (!hasValue()) {
            nulls++;
        } else if (unseen.isEmpty()) {
            column.skip(); // consume() alone would not move past it
        } else {
            unseen.remove(RecordValue.of(column));
        }
        column.consume();
        left--;
    }

    /** Goes on to the next row, if one was begun. */
    void passRow() {
        while (areInRow()) {
            pass();
        }
    }

    /** The entries of the row that begins here, and passes them. */
    List<Entry> row() {
        List<Entry> row = new ArrayList<>();
        do {
            row.add(new Entry(
                    column.getCurrentRepetitionLevel(),
                    column.getCurrentDefinitionLevel(),
                    hasValue() ? RecordValue.of(column) : null));
            pass();
        } while (areInRow());
        return row;
    }

    private boolean hasValue() {
        return column.getCurrentDefinitionLevel() == column.getDescriptor().getMaxDefinitionLevel();
    }

    /** Bit by bit. */
    private static boolean isSame(ColumnReader one, ColumnReader other) {
        return switch (one.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> one.getBoolean() == other.getBoolean();
            case INT32 -> one.getInteger() == other.getInteger();
            case INT64 -> one.getLong() == other.getLong();
            case FLOAT -> Float.floatToRawIntBits(one.getFloat()) == Float.floatToRawIntBits(other.getFloat());
            case DOUBLE -> Double.doubleToRawLongBits(one.getDouble()) == Double.doubleToRawLongBits(other.getDouble());
            case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> one.getBinary().equals(other.getBinary());
        };
    }
}
