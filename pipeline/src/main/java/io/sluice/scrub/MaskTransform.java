package io.sluice.scrub;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_position;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.apache.spark.sql.functions.map_from_entries;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.sluice.schemas.ExchangeTable;
import io.sluice.scrub.search.Masking;
import io.sluice.scrub.search.Scope;
import io.sluice.scrub.search.SearchPlan;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Rows of a table or landing file -> the same with masks where selected values stand, by column; a plan shows none of the values. */
public final class MaskTransform {
    /** What {@code flags} says of an exchange in which something was masked. */
    public static final String FLAG = "redacted";

    /** The parts of an entry of a map, as Spark calls them. */
    private static final String KEY = "key";

    private static final String VALUE = "value";

    private final Scope scope;
    private final UserDefinedFunction bytes;

    public MaskTransform(SearchPlan plan) {
        Masks masks = new Masks(plan);
        scope = plan.scope();
        bytes = udf((UDF1<byte @Nullable [], byte @Nullable []>) masks::of, DataTypes.BinaryType);
    }

    /** The columns of rows of {@code type} that can hold a value, by name, as they become. */
    public Map<String, Column> of(StructType type) {
        Map<String, Column> columns = masked(type);
        if (has(type, ExchangeTable.CAPTURE_ID)) { // two alike would make one exchange of two
            Column id = col(ExchangeTable.CAPTURE_ID);
            columns.computeIfPresent(ExchangeTable.CAPTURE_ID, (name, masked) -> when(id.eqNullSafe(masked), id));
        }
        if (has(type, ExchangeTable.FLAGS)) {
            columns.computeIfPresent(
                    ExchangeTable.FLAGS,
                    (name, masked) -> when(changes(type), array_union(masked, array(lit(FLAG))))
                            .otherwise(masked));
        }
        return columns;
    }

    /** Whether a file has a column of this name and the type that is declared. */
    private static boolean has(StructType type, String column) {
        DataType declared = ExchangeTable.SPEC.schema().apply(column).dataType().asNullable();
        return Stream.of(type.fields())
                .anyMatch(field -> field.name().equals(column)
                        && field.dataType().asNullable().equals(declared));
    }

    /** Whether anything in a row of {@code type} becomes another. */
    public Column changes(StructType type) {
        return masked(type).entrySet().stream()
                .map(column -> {
                    DataType held = type.apply(column.getKey()).dataType();
                    return not(
                            comparable(named(column.getKey()), held).eqNullSafe(comparable(column.getValue(), held)));
                })
                .reduce(lit(false), Column::or);
    }

    /** Spark compares no maps, but what they are written as. */
    private static Column comparable(Column column, DataType type) {
        return type.existsRecursively(part -> part instanceof MapType) ? column.cast(DataTypes.StringType) : column;
    }

    private static Column named(String column) {
        return col("`" + column.replace("`", "``") + "`");
    }

    private Map<String, Column> masked(StructType type) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (StructField field : type.fields()) {
            if (!ExchangeTable.MADE_UP.contains(field.name()) && canHold(field.dataType())) {
                Column column = named(field.name());
                Column masked = masked(column, field.dataType(), field.nullable());
                columns.put(
                        field.name(),
                        scope.isEverything()
                                ? masked
                                : when(ScopeTransform.of(scope, type), masked).otherwise(column));
            }
        }
        return columns;
    }

    private static boolean canHold(DataType type) {
        if (type instanceof ArrayType list) {
            return canHold(list.elementType());
        }
        if (type instanceof MapType map) {
            return canHold(map.keyType()) || canHold(map.valueType());
        }
        return type instanceof StructType || type instanceof StringType || type instanceof BinaryType;
    }

    private Column masked(Column column, DataType type, boolean nullable) {
        UserDefinedFunction mask = nullable ? bytes : bytes.asNonNullable();
        if (type instanceof BinaryType) {
            return mask.apply(column);
        }
        if (type instanceof StringType) { // as a text of Java, what is no UTF-8 would be changed
            return mask.apply(column.cast(DataTypes.BinaryType)).cast(DataTypes.StringType);
        }
        if (type instanceof ArrayType list && canHold(type)) {
            return transform(column, element -> masked(element, list.elementType(), list.containsNull()));
        }
        if (type instanceof MapType map && canHold(type)) {
            return masked(column, map);
        }
        if (type instanceof StructType parts) {
            Column[] fields = new Column[parts.length()];
            for (int i = 0; i < fields.length; i++) {
                StructField field = parts.apply(i);
                fields[i] = masked(column.getField(field.name()), field.dataType(), field.nullable())
                        .as(field.name());
            }
            return nullable ? when(column.isNotNull(), struct(fields)) : struct(fields);
        }
        return column;
    }

    /** Of entries whose keys become the same, the first stays: a map cannot hold both. */
    private Column masked(Column column, MapType map) {
        Column entries = transform(
                map_entries(column),
                entry -> struct(
                        masked(entry.getField(KEY), map.keyType(), false).as(KEY),
                        masked(entry.getField(VALUE), map.valueType(), map.valueContainsNull())
                                .as(VALUE)));
        return element_at(
                transform(
                        array(entries), // else they would be masked again for each of them
                        all -> map_from_entries(filter(
                                all,
                                (entry, place) -> array_position(all.getField(KEY), entry.getField(KEY))
                                        .equalTo(place.plus(1))))),
                1);
    }

    /** Masks in the form that Spark calls; made once per task. */
    private static final class Masks implements Serializable {
        private static final long serialVersionUID = 1L;

        private final SearchPlan plan;
        private transient @Nullable Masking masking;

        private Masks(SearchPlan plan) {
            this.plan = plan;
        }

        private byte @Nullable [] of(byte @Nullable [] written) {
            if (masking == null) {
                masking = new Masking(plan);
            }
            return written == null ? null : masking.of(written);
        }
    }
}
