package io.sluice.endpoint;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.bool_and;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.when;

import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Path templates and queries -> the parameters of each endpoint.
 *
 * <p>Out: {@code endpoint_id, parameters}, with the parameters in the order path, then query by name.
 */
final class ParameterTransform {
    private static final String NAME = "name";
    private static final String IN = "in";
    private static final String POSITION = "position";
    private static final String VALUE = "value";
    private static final String INTEGER = "^-?\\d{1,18}$";
    private static final String NUMBER = "^-?\\d+(\\.\\d+)?$";
    private static final String BOOLEAN = "^(true|false)$";
    private static final int QUERY_NAMES_PER_ENDPOINT = 100;

    /** Formats by what every value must match; the first that fits is taken. */
    private static final Map<String, String> FORMATS = formats();

    private ParameterTransform() {}

    /**
     * @param templates rows with {@code endpoint_id, path, template}
     * @param queries rows with {@code endpoint_id, query}
     */
    static Dataset<Row> of(Dataset<Row> templates, Dataset<Row> queries) {
        Column key = struct(col(IN), col(POSITION), col(NAME));
        return pathValues(templates)
                .unionByName(queryValues(queries))
                .groupBy(EndpointTable.ENDPOINT_ID, IN, POSITION, NAME)
                .agg(
                        approx_count_distinct(col(VALUE), 0.02).as("cardinality"),
                        count(lit(1)).as("uses"),
                        fits(INTEGER).as("integers"),
                        fits(NUMBER).as("numbers"),
                        fits(BOOLEAN).as("booleans"),
                        format().as("format"))
                .withColumn(
                        "place",
                        row_number()
                                .over(Window.partitionBy(EndpointTable.ENDPOINT_ID, IN)
                                        .orderBy(desc("uses"), col(NAME))))
                .where(col(IN).equalTo("path").or(col("place").leq(QUERY_NAMES_PER_ENDPOINT)))
                .withColumn(
                        "parameter",
                        struct(
                                col(NAME),
                                col(IN),
                                col(POSITION),
                                type().as("type"),
                                formatOfText().as("format"),
                                col("cardinality")))
                .groupBy(EndpointTable.ENDPOINT_ID)
                .agg(sort_array(collect_list(struct(key.as("key"), col("parameter"))))
                        .as("sorted"))
                .select(
                        col(EndpointTable.ENDPOINT_ID),
                        expr("transform(sorted, s -> s.parameter)").as(EndpointTable.PARAMETERS));
    }

    private static Dataset<Row> pathValues(Dataset<Row> templates) {
        return templates
                .select(
                        col(EndpointTable.ENDPOINT_ID),
                        split(col(ExchangeTable.PATH), "/", -1).as("segments"),
                        posexplode(split(col(EndpointTable.TEMPLATE), "/", -1)))
                .where(col("col").rlike("^\\{.*\\}$").and(col("pos").lt(size(col("segments")))))
                .select(
                        col(EndpointTable.ENDPOINT_ID),
                        lit("path").as(IN),
                        col("pos").minus(1).as(POSITION),
                        expr("substring(col, 2, length(col) - 2)").as(NAME),
                        expr("segments[pos]").as(VALUE));
    }

    private static Dataset<Row> queryValues(Dataset<Row> queries) {
        return queries.where(col(ExchangeTable.QUERY).notEqual(""))
                .select(
                        col(EndpointTable.ENDPOINT_ID),
                        explode(split(col(ExchangeTable.QUERY), "&", -1)).as("pair"))
                .select(
                        col(EndpointTable.ENDPOINT_ID),
                        lit("query").as(IN),
                        lit(null).cast("int").as(POSITION),
                        substring_index(col("pair"), "=", 1).as(NAME),
                        when(col("pair").contains("="), expr("substring(pair, instr(pair, '=') + 1)"))
                                .otherwise("")
                                .as(VALUE))
                .where(col(NAME).notEqual(""));
    }

    private static Column fits(String pattern) {
        return bool_and(col(VALUE).rlike(pattern));
    }

    private static Column type() {
        return when(col("integers"), "integer")
                .when(col("numbers"), "number")
                .when(col("booleans"), "boolean")
                .otherwise("string");
    }

    private static Column formatOfText() {
        return when(type().equalTo("string"), col("format"));
    }

    private static Column format() {
        Column format = null;
        for (Map.Entry<String, String> known : FORMATS.entrySet()) {
            Column fits = fits(known.getValue());
            format = format == null ? when(fits, known.getKey()) : format.when(fits, known.getKey());
        }
        return Objects.requireNonNull(format);
    }

    private static Map<String, String> formats() {
        Map<String, String> formats = new LinkedHashMap<>();
        formats.put("uuid", "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$");
        formats.put("date", "^\\d{4}-\\d{2}-\\d{2}$");
        formats.put("date-time", "^\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}(:|%3A)\\d{2}.*$");
        formats.put("email", "^[^@\\s]+(@|%40)[^@\\s]+\\.[^@\\s]+$");
        formats.put("ipv4", "^\\d{1,3}(\\.\\d{1,3}){3}$");
        formats.put("hex", "^(0x)?[0-9a-fA-F]{8,}$");
        formats.put("slug", "^[A-Za-z0-9]+([-_.][A-Za-z0-9]+)*$");
        return formats;
    }
}
