package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** Compares the records of a row group before and after, in those columns that the plan reaches. */
final class RecordCheck {
    private static final int ENOUGH_PROBLEMS = 20;

    private final Plan plan;
    private final RowPositions rows;
    private final List<String> problems;

    RecordCheck(Plan plan, RowPositions rows, List<String> problems) {
        this.plan = plan;
        this.rows = rows;
        this.problems = problems;
    }

    /** A row group by its number, with the columns of it that differ as bytes. */
    record RowGroup(int number, long firstRow, Set<String> changed) {}

    void compare(ParquetFileReader old, ParquetFileReader rewritten, RowGroup group) throws IOException {
        MessageType schema = old.getFileMetaData().getSchema();
        List<Type> reached = schema.getFields().stream()
                .filter(field -> plan.actions().stream()
                        .anyMatch(action -> action.path().get(0).equals(field.getName())))
                .toList();
        if (reached.isEmpty()) {
            return;
        }
        MessageType wanted = new MessageType(schema.getName(), reached);
        RecordReader<Group> was = Records.of(old, wanted, group.number());
        RecordReader<Group> is = Records.of(rewritten, wanted, group.number());
        long end = group.firstRow() + old.getRowGroups().get(group.number()).getRowCount();
        for (long row = group.firstRow(); row < end && problems.size() < ENOUGH_PROBLEMS; row++) {
            Group before = was.read();
            Group after = is.read();
            boolean blanked = rows.contains(row);
            if (blanked || !areSame(wanted, before, after)) {
                compare(wanted, before, after, new Place(row, blanked, List.of(), null));
            }
        }
        new ColumnCheck(rewritten, wanted, problems).check(group);
    }

    /** Where a comparison is: the row, whether it is blanked, the path, and the action taken over from a group above. */
    private record Place(
            long row,
            boolean blanked,
            List<String> path,
            @Nullable ColumnAction inherited) {
        Place at(Type field, Plan plan) {
            List<String> below = new ArrayList<>(path);
            below.add(field.getName());
            ColumnAction action = inherited;
            for (ColumnAction candidate : plan.actions()) {
                if (candidate.path().equals(below)) {
                    action = candidate;
                }
            }
            return new Place(row, blanked, below, blanked ? action : null);
        }
    }

    /** As nearly all records are, which is found out here without remembering where in them it looks. */
    private static boolean areSame(GroupType type, Group was, Group is) {
        for (int f = 0; f < type.getFieldCount(); f++) {
            int count = was.getFieldRepetitionCount(f);
            if (count != is.getFieldRepetitionCount(f)) {
                return false;
            }
            Type field = type.getType(f);
            for (int i = 0; i < count; i++) {
                boolean same = field.isPrimitive()
                        ? RecordValue.of(was, f, i).equals(RecordValue.of(is, f, i))
                        : areSame(field.asGroupType(), was.getGroup(f, i), is.getGroup(f, i));
                if (!same) {
                    return false;
                }
            }
        }
        return true;
    }

    private void compare(GroupType type, Group was, Group is, Place place) {
        for (int f = 0; f < type.getFieldCount(); f++) {
            Type field = type.getType(f);
            Place below = place.at(field, plan);
            ColumnAction action = below.inherited();
            int before = was.getFieldRepetitionCount(f);
            int after = is.getFieldRepetitionCount(f);
            if (action instanceof ColumnAction.Blank && !field.isRepetition(Type.Repetition.REQUIRED)) {
                expect(after == 0, below);
            } else if (action instanceof ColumnAction.SetTo set) {
                expect(after == 1 && RecordValue.of(is, f, 0).equals(RecordValue.of(set.value())), below);
            } else if (before != after) {
                expect(false, below);
            } else {
                for (int i = 0; i < before; i++) {
                    if (field.isPrimitive()) {
                        RecordValue now = RecordValue.of(is, f, i);
                        expect(now.equals(expected(field, RecordValue.of(was, f, i), action)), below);
                    } else {
                        compare(field.asGroupType(), was.getGroup(f, i), is.getGroup(f, i), below);
                    }
                }
            }
        }
    }

    private static RecordValue expected(Type field, RecordValue was, @Nullable ColumnAction action) {
        if (action instanceof ColumnAction.Redact redact) {
            return RecordValue.of(redact.redaction().apply(was.bytes()));
        }
        return action == null ? was : RecordValue.empty(field.asPrimitiveType());
    }

    private void expect(boolean holds, Place place) {
        if (!holds) {
            problems.add("row " + place.row() + " is not as it should be in " + String.join(".", place.path()));
        }
    }
}
