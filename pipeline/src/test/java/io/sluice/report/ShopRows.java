package io.sluice.report;

import io.sluice.schemas.TableSpec;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** Rows for any table, each begun with its table and filled column by column. */
final class ShopRows {
    private final Map<String, List<Fields>> rows = new LinkedHashMap<>();

    /** The rows added for {@code table}. */
    List<Row> of(TableSpec table) {
        return rows.getOrDefault(table.name(), List.of()).stream()
                .map(fields -> fields.row(table))
                .toList();
    }

    /** Begins a row of {@code table}; what is not set is null, empty or zero as the type allows. */
    Fields add(TableSpec table) {
        Fields fields = new Fields();
        rows.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(fields);
        return fields;
    }

    /** The fields of one row. */
    static final class Fields {
        private final Map<String, @Nullable Object> values = new LinkedHashMap<>();

        private Fields() {}

        Fields set(String column, @Nullable Object value) {
            values.put(column, value);
            return this;
        }

        private Row row(TableSpec table) {
            return RowFactory.create(table.columns().stream()
                    .map(column -> values.getOrDefault(
                            column.name(),
                            column.nullable() ? null : unset(column.type().typeName())))
                    .toArray());
        }
    }

    private static Object unset(String type) {
        return switch (type) {
            case "string" -> "";
            case "integer" -> 0;
            case "long" -> 0L;
            case "double" -> 0.0;
            case "array" -> List.of();
            case "date" -> new Date(0);
            case "timestamp" -> new Timestamp(0);
            default -> throw new IllegalArgumentException(type);
        };
    }
}
