package io.sluice.report;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.EndpointTable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Finds the method and template of every endpoint that a shown graph or dependency names. */
final class EndpointNameTransform {
    private EndpointNameTransform() {}

    /** Endpoints, shown models, shown dependencies -> {@code endpoint_id, service, host, method, template}. */
    static Dataset<Row> of(Dataset<Row> endpoints, Dataset<Row> shownModels, Dataset<Row> shownDependencies) {
        Dataset<Row> transitions =
                shownModels.select(explode(col(BehaviorModelTable.TRANSITIONS)).as(BehaviorModelTable.TRANSITIONS));
        Column transition = col(BehaviorModelTable.TRANSITIONS);
        Dataset<Row> named = id(transitions, transition.getField("from_endpoint_id"))
                .union(id(transitions, transition.getField("to_endpoint_id")))
                .union(id(shownDependencies, col(DependencyTable.PRODUCER_ENDPOINT_ID)))
                .union(id(shownDependencies, col(DependencyTable.CONSUMER_ENDPOINT_ID)))
                .distinct();
        return endpoints
                .select(
                        EndpointTable.ENDPOINT_ID,
                        EndpointTable.SERVICE,
                        EndpointTable.HOST,
                        EndpointTable.METHOD,
                        EndpointTable.TEMPLATE)
                .join(broadcast(named), EndpointTable.ENDPOINT_ID)
                .orderBy(EndpointTable.ENDPOINT_ID);
    }

    private static Dataset<Row> id(Dataset<Row> rows, Column id) {
        return rows.select(id.as(EndpointTable.ENDPOINT_ID));
    }
}
