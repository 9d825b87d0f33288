package io.sluice.scrub;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.schemas.ExchangeTable;
import io.sluice.scrub.search.Scope;
import org.apache.spark.sql.Column;

/** A scope as a condition on rows of {@code exchange} and of landing. */
public final class ScopeColumn {
    private ScopeColumn() {}

    /** True where a row belongs to it, or may. */
    public static Column of(Scope scope) {
        Column condition = lit(true);
        if (scope.from() != null) {
            condition = condition.and(col(ExchangeTable.CAPTURED_AT).geq(scope.from()));
        }
        if (scope.to() != null) {
            condition = condition.and(col(ExchangeTable.CAPTURED_AT).lt(scope.to()));
        }
        if (!scope.services().isEmpty()) {
            condition = condition.and(col(ExchangeTable.SERVICE).isInCollection(scope.services()));
        }
        return coalesce(condition, lit(true));
    }
}
