package io.sluice.endpoint;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.SessionTable;
import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;

/** Exchanges -> the endpoints they belong to. */
public final class EndpointTransform {
    private EndpointTransform() {}

    /** The template and endpoint of every distinct path; see {@link PathTemplateTransform}. */
    public static Dataset<Row> templates(Dataset<Row> exchanges) {
        return PathTemplateTransform.of(exchanges);
    }

    /** Out: {@code exchange_id, endpoint_id}, one row per exchange. */
    public static Dataset<Row> assign(Dataset<Row> exchanges, Dataset<Row> templates) {
        return PathTemplateTransform.assign(exchanges, templates);
    }

    /**
     * Rows of {@code endpoint} without {@code run_id}.
     *
     * @param templates the result of {@link #templates}
     * @param actors rows with {@code exchange_id, actor}; an endpoint that none of them used has no actor
     */
    public static Dataset<Row> endpoints(Dataset<Row> exchanges, Dataset<Row> templates, Dataset<Row> actors) {
        Dataset<Row> counted = templates
                .groupBy(
                        EndpointTable.ENDPOINT_ID,
                        EndpointTable.SERVICE,
                        EndpointTable.DIRECTION,
                        EndpointTable.METHOD,
                        EndpointTable.HOST,
                        EndpointTable.TEMPLATE)
                .agg(sum(PathTemplateTransform.EXCHANGES).as(EndpointTable.EXCHANGE_COUNT));
        Dataset<Row> users = assign(exchanges, templates)
                .join(actors.select(ExchangeTable.EXCHANGE_ID, SessionTable.ACTOR), ExchangeTable.EXCHANGE_ID)
                .groupBy(EndpointTable.ENDPOINT_ID)
                .agg(count_distinct(col(SessionTable.ACTOR)).as(EndpointTable.ACTOR_COUNT));
        Dataset<Row> parameters = ParameterTransform.of(templates, queries(exchanges, templates));
        String[] columns = EndpointTable.SPEC.columnNames().stream()
                .filter(column -> !column.equals(EndpointTable.RUN_ID))
                .toArray(String[]::new);
        return counted.join(users, joinKey(), "left")
                .join(parameters, joinKey(), "left")
                .withColumn(EndpointTable.ACTOR_COUNT, coalesce(col(EndpointTable.ACTOR_COUNT), lit(0L)))
                .withColumn(
                        EndpointTable.PARAMETERS,
                        coalesce(
                                col(EndpointTable.PARAMETERS),
                                array().cast(new ArrayType(EndpointTable.PARAMETER, false))))
                .select(columns[0], Arrays.copyOfRange(columns, 1, columns.length));
    }

    private static Dataset<Row> queries(Dataset<Row> exchanges, Dataset<Row> templates) {
        Dataset<Row> requests = exchanges
                .where(col(ExchangeTable.QUERY).isNotNull())
                .groupBy(
                        ExchangeTable.SERVICE,
                        ExchangeTable.DIRECTION,
                        ExchangeTable.METHOD,
                        ExchangeTable.HOST,
                        ExchangeTable.PATH,
                        ExchangeTable.QUERY)
                .count();
        return PathTemplateTransform.withEndpoint(requests, templates)
                .select(EndpointTable.ENDPOINT_ID, ExchangeTable.QUERY);
    }

    private static String[] joinKey() {
        return new String[] {EndpointTable.ENDPOINT_ID};
    }
}
