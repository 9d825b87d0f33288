package io.sluice.lake;

import java.util.Map;
import org.apache.spark.sql.Column;

/**
 * What becomes of rows.
 *
 * @param columns new values by column
 * @param applies whether anything in a row is to be changed
 */
public record RowChange(Map<String, Column> columns, Column applies) {
    public RowChange {
        columns = Map.copyOf(columns);
    }
}
