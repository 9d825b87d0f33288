package io.sluice.scrub;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.schemas.ExchangeTable;
import io.sluice.scrub.search.Scope;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of {@code exchange} and of landing -> whether they belong to a scope. */
public final class ScopeTransform {
    private ScopeTransform() {}

    /** True where a row of {@code type} belongs to it, or may, as where a column is missing or of a type that nobody expects. */
    public static Column of(Scope scope, StructType type) {
        boolean hasTime = has(type, ExchangeTable.CAPTURED_AT, DataTypes.TimestampType)
                || has(type, ExchangeTable.CAPTURED_AT, DataTypes.TimestampNTZType);
        boolean hasService = has(type, ExchangeTable.SERVICE, DataTypes.StringType);
        Column condition = lit(true);
        if (hasTime && scope.from() != null) {
            condition = condition.and(col(ExchangeTable.CAPTURED_AT).geq(scope.from()));
        }
        if (hasTime && scope.to() != null) {
            condition = condition.and(col(ExchangeTable.CAPTURED_AT).lt(scope.to()));
        }
        if (hasService && !scope.services().isEmpty()) {
            condition = condition.and(col(ExchangeTable.SERVICE).isInCollection(scope.services()));
        }
        return coalesce(condition, lit(true));
    }

    private static boolean has(StructType type, String column, DataType expected) {
        return Stream.of(type.fields())
                .anyMatch(
                        field -> field.name().equals(column) && field.dataType().equals(expected));
    }
}
