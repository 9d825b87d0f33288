package io.sluice.scrub.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterable;
import scala.jdk.javaapi.CollectionConverters;

/** Rows with a text column as key -> the keys, in that column alone, of rows in which a value stands. */
public final class SightingTransform {
    private SightingTransform() {}

    /** Looks at every text and every byte value, those in arrays and structs too. */
    public static Dataset<Row> apply(Dataset<Row> rows, String key, SearchPlan plan) {
        int index = rows.schema().fieldIndex(key);
        StructField field = rows.schema().apply(index);
        return rows.mapPartitions(new Look(plan, index), Encoders.row(new StructType(new StructField[] {field})));
    }

    private static final class Look implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        private final SearchPlan plan;
        private final int key;

        Look(SearchPlan plan, int key) {
            this.plan = plan;
            this.key = key;
        }

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            ValueScan scan = new ValueScan(plan);
            java.lang.Iterable<Row> all = () -> rows;
            return StreamSupport.stream(all.spliterator(), false)
                    .filter(row -> stands(scan, row))
                    .map(row -> RowFactory.create(row.getString(key)))
                    .iterator();
        }
    }

    private static boolean stands(ValueScan scan, @Nullable Object value) {
        if (value instanceof String text) {
            return !scan.whole(text.getBytes(StandardCharsets.UTF_8)).isEmpty();
        }
        if (value instanceof byte[] bytes) {
            return !scan.whole(bytes).isEmpty();
        }
        if (value instanceof Row row) {
            return fields(row).stream().anyMatch(field -> stands(scan, field));
        }
        return value instanceof Iterable<?> elements
                && CollectionConverters.asJava(elements.toSeq()).stream().anyMatch(element -> stands(scan, element));
    }

    private static List<@Nullable Object> fields(Row row) {
        List<@Nullable Object> fields = new ArrayList<>(row.length());
        for (int i = 0; i < row.length(); i++) {
            fields.add(row.get(i));
        }
        return fields;
    }
}
