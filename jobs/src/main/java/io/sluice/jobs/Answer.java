package io.sluice.jobs;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.is_valid_utf8;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import io.sluice.tenant.SluiceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** The rows that a query gave, as text, and whether there would have been more. */
record Answer(List<String> columns, List<List<@Nullable String>> rows, boolean more) {

    /** The first {@code limit} rows: nested values as JSON, bytes as text where they are text, else as base64. */
    static Answer of(Dataset<Row> asked, int limit) {
        List<String> columns = List.of(asked.columns());
        String[] places = new String[columns.size()];
        Column[] texts = new Column[columns.size()];
        for (int i = 0; i < places.length; i++) {
            places[i] = "c" + i; // the names may hold dots and stand twice
            texts[i] = text(places[i], asked.schema().fields()[i].dataType());
        }
        List<Row> found = rows(asked.toDF(places).limit(limit + 1).select(texts));
        List<List<@Nullable String>> rows = found.stream()
                .limit(limit)
                .map(row -> texts(row, places.length))
                .toList();
        return new Answer(columns, rows, found.size() > limit);
    }

    private static List<Row> rows(Dataset<Row> bounded) {
        try {
            return bounded.collectAsList();
        } catch (Exception e) {
            if (e instanceof SparkThrowable spark && spark.getCondition() != null) {
                throw SluiceException.settings(
                                "Cannot answer the query",
                                "Spark says " + spark.getCondition(),
                                "Correct it; try_cast and the other try_ functions give null instead of failing")
                        .causedBy(e);
            }
            throw e;
        }
    }

    private static List<@Nullable String> texts(Row row, int columns) {
        List<@Nullable String> texts = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            texts.add(row.isNullAt(i) ? null : row.getString(i));
        }
        return texts;
    }

    private static Column text(String place, DataType type) {
        Column column = new Column(place);
        if (type instanceof BinaryType) {
            return when(is_valid_utf8(column.cast("string")), column.cast("string"))
                    .otherwise(base64(column));
        }
        boolean nested = type instanceof ArrayType || type instanceof MapType || type instanceof StructType;
        return nested ? to_json(column) : column.cast("string");
    }
}
