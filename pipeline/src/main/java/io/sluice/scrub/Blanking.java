package io.sluice.scrub;

import io.sluice.schemas.ColumnSpec;
import io.sluice.schemas.Sensitivity;
import io.sluice.schemas.TableSpec;
import io.sluice.scrub.parquet.ColumnAction;
import io.sluice.scrub.parquet.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StringType;

/**
 * What is done to a row that stays in earlier versions of a table but may tell nothing any more: each column that may hold
 * something sensitive or names a subject, and each in which a value was seen, becomes null or empty.
 */
public final class Blanking {
    /** What {@code policy_version} says in a blanked row. */
    public static final String ERASED = "erased";

    private static final String MARK = "policy_version";

    private Blanking() {}

    /** What happens in a row of {@code table} when values were seen in columns {@code seenIn}. */
    public static Plan plan(TableSpec table, Set<String> seenIn) {
        List<ColumnAction> actions = new ArrayList<>();
        for (ColumnSpec column : table.columns()) {
            if (column.name().equals(MARK)) {
                actions.add(ColumnAction.setTo(MARK, ERASED));
            } else if (column.sensitivity() != Sensitivity.NONE
                    || table.subjectColumns().contains(column.name())
                    || seenIn.contains(column.name())) {
                actions.add(action(column));
            }
        }
        return new Plan(actions);
    }

    /** Spark writes a required column as an optional one, but reads it as if null could not be there. */
    private static ColumnAction action(ColumnSpec column) {
        if (column.nullable()) {
            return ColumnAction.blank(column.name());
        }
        if (column.type() instanceof StringType) {
            return ColumnAction.setTo(column.name(), "");
        }
        if (column.type() instanceof BinaryType) {
            return ColumnAction.setTo(column.name(), new byte[0]);
        }
        return column.type() instanceof ArrayType
                ? ColumnAction.blank(column.name(), "list")
                : ColumnAction.blank(column.name());
    }
}
