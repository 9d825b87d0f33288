package io.sluice.lineage;

import static org.apache.spark.sql.functions.col;

import io.sluice.schemas.LineageEdgeTable;
import io.sluice.schemas.TableSpec;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of {@code lineage_edge} -> what was exported of a table, the newest first: {@code job}, {@code run_id}, {@code object}. */
public final class ConsumerTransform {
    private static final String EXPORT = "export:";

    private ConsumerTransform() {}

    public static Dataset<Row> exportsOf(TableSpec table, Dataset<Row> edges) {
        Dataset<Row> readers = edges.where(is(LineageEdge.Access.READ)
                        .and(col(LineageEdgeTable.OBJECT).equalTo("table:" + table.name())))
                .select(LineageEdgeTable.RUN_ID)
                .distinct();
        return edges.where(is(LineageEdge.Access.WRITE)
                        .and(col(LineageEdgeTable.OBJECT).startsWith(EXPORT)))
                .join(readers, LineageEdgeTable.RUN_ID)
                .orderBy(col(LineageEdgeTable.RECORDED_AT).desc(), col(LineageEdgeTable.OBJECT))
                .select(
                        col(LineageEdgeTable.JOB),
                        col(LineageEdgeTable.RUN_ID),
                        col(LineageEdgeTable.OBJECT)
                                .substr(EXPORT.length() + 1, Integer.MAX_VALUE)
                                .as(LineageEdgeTable.OBJECT));
    }

    private static Column is(LineageEdge.Access access) {
        return col(LineageEdgeTable.ACCESS).equalTo(access.name());
    }
}
