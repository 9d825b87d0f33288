package io.sluice.scrub.parquet;

import io.sluice.scrub.parquet.Entries.Entry;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** What the entries of a leaf are to be in a row that is blanked, by what they were and the plan. */
final class ExpectedRow {
    private final String name;
    private final ColumnAction action;
    private final PrimitiveType leaf;
    private final int defined;
    /** The levels above the node that a blank empties; that of the leaf where none may be empty. */
    private final int definedAbove;

    private final int repeatedAbove;

    private ExpectedRow(
            String name, ColumnAction action, PrimitiveType leaf, int defined, int definedAbove, int repeatedAbove) {
        this.name = name;
        this.action = action;
        this.leaf = leaf;
        this.defined = defined;
        this.definedAbove = definedAbove;
        this.repeatedAbove = repeatedAbove;
    }

    /** Of the leaf at {@code path}, to which {@code action} reaches. */
    static ExpectedRow of(ColumnAction action, MessageType schema, String... path) {
        int defined = 0;
        int repeated = 0;
        int definedAbove = -1;
        int repeatedAbove = -1;
        Type node = schema;
        for (int depth = 0; depth < path.length; depth++) {
            node = node.asGroupType().getType(path[depth]);
            boolean isEmptied = depth >= action.path().size() - 1 && definedAbove < 0;
            if (isEmptied && !node.isRepetition(Type.Repetition.REQUIRED)) {
                definedAbove = defined;
                repeatedAbove = repeated;
            }
            defined += node.isRepetition(Type.Repetition.REQUIRED) ? 0 : 1;
            repeated += node.isRepetition(Type.Repetition.REPEATED) ? 1 : 0;
        }
        return new ExpectedRow(
                String.join(".", path),
                action,
                node.asPrimitiveType(),
                defined,
                definedAbove < 0 ? defined : definedAbove,
                repeatedAbove < 0 ? repeated : repeatedAbove);
    }

    /** The leaf, from the root down. */
    String name() {
        return name;
    }

    /** The entries of the row once it is blanked, of those that it had. */
    List<Entry> after(List<Entry> before) {
        if (action instanceof ColumnAction.SetTo set) {
            return List.of(new Entry(0, defined, RecordValue.of(set.value())));
        }
        List<Entry> after = new ArrayList<>();
        for (Entry entry : before) {
            if (action instanceof ColumnAction.Redact redact) {
                after.add(redacted(entry, redact));
            } else if (entry.repetition() <= repeatedAbove) { // of what is emptied, one entry tells
                after.add(blank(entry));
            }
        }
        return after;
    }

    private static Entry redacted(Entry entry, ColumnAction.Redact redact) {
        return entry.value() == null
                ? entry
                : new Entry(
                        entry.repetition(),
                        entry.definition(),
                        RecordValue.of(redact.redaction().apply(entry.value().bytes())));
    }

    private Entry blank(Entry entry) {
        int definition = Math.min(entry.definition(), definedAbove);
        return new Entry(entry.repetition(), definition, definition == defined ? RecordValue.empty(leaf) : null);
    }
}
