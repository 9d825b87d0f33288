package io.sluice.scrub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_union;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
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
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Puts masks where selected values stand in texts, bytes, lists and structures of rows; a plan shows none of the values. */
public final class MaskColumns {
    /** What {@code flags} says of an exchange in which something was masked. */
    public static final String FLAG = "redacted";

    /** What was made up here and cannot hold what was captured. */
    private static final Set<String> MADE_UP =
            Set.of(ExchangeTable.EXCHANGE_ID, ExchangeTable.POLICY_VERSION, ExchangeTable.RUN_ID);

    private final Scope scope;
    private final UserDefinedFunction text;
    private final UserDefinedFunction bytes;

    public MaskColumns(SearchPlan plan) {
        scope = plan.scope();
        Masks masks = new Masks(plan);
        text = udf((UDF1<@Nullable String, @Nullable String>) masks::text, DataTypes.StringType);
        bytes = udf((UDF1<byte @Nullable [], byte @Nullable []>) masks::bytes, DataTypes.BinaryType);
    }

    /** The columns of rows of {@code type} that can hold a value, by name, as they become. */
    public Map<String, Column> of(StructType type) {
        Map<String, Column> columns = masked(type);
        if (columns.containsKey(ExchangeTable.CAPTURE_ID)) { // two alike would make one exchange of two
            Column id = col(ExchangeTable.CAPTURE_ID);
            columns.put(ExchangeTable.CAPTURE_ID, when(id.eqNullSafe(columns.get(ExchangeTable.CAPTURE_ID)), id));
        }
        if (columns.containsKey(ExchangeTable.FLAGS)) {
            Column flags = col(ExchangeTable.FLAGS);
            columns.put(
                    ExchangeTable.FLAGS,
                    when(changes(type), array_union(flags, array(lit(FLAG)))).otherwise(flags));
        }
        return columns;
    }

    /** Whether anything in a row of {@code type} becomes another. */
    public Column changes(StructType type) {
        return masked(type).entrySet().stream()
                .map(column -> not(col(column.getKey()).eqNullSafe(column.getValue())))
                .reduce(lit(false), Column::or);
    }

    private Map<String, Column> masked(StructType type) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (StructField field : type.fields()) {
            if (!MADE_UP.contains(field.name()) && canHold(field.dataType())) {
                Column column = col(field.name());
                Column masked = masked(column, field.dataType(), field.nullable());
                columns.put(
                        field.name(),
                        scope.isEverything()
                                ? masked
                                : when(ScopeColumn.of(scope), masked).otherwise(column));
            }
        }
        return columns;
    }

    private static boolean canHold(DataType type) {
        if (type instanceof ArrayType list) {
            return canHold(list.elementType());
        }
        return type instanceof StructType || type instanceof StringType || type instanceof BinaryType;
    }

    private Column masked(Column column, DataType type, boolean nullable) {
        if (type instanceof StringType) {
            return (nullable ? text : text.asNonNullable()).apply(column);
        }
        if (type instanceof BinaryType) {
            return (nullable ? bytes : bytes.asNonNullable()).apply(column);
        }
        if (type instanceof ArrayType list && canHold(type)) {
            return transform(column, element -> masked(element, list.elementType(), list.containsNull()));
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

    /** Masks in the form that Spark calls; made once per task. */
    private static final class Masks implements Serializable {
        private static final long serialVersionUID = 1L;

        private final SearchPlan plan;
        private transient @Nullable Masking masking;

        private Masks(SearchPlan plan) {
            this.plan = plan;
        }

        private @Nullable String text(@Nullable String written) {
            if (written == null) {
                return null;
            }
            byte[] before = written.getBytes(UTF_8);
            byte[] after = masking().of(before);
            return after == before ? written : new String(after, UTF_8);
        }

        private byte @Nullable [] bytes(byte @Nullable [] written) {
            return written == null ? null : masking().of(written);
        }

        private Masking masking() {
            if (masking == null) {
                masking = new Masking(plan);
            }
            return masking;
        }
    }
}
