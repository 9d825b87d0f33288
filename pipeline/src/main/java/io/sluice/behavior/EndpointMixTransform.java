package io.sluice.behavior;

import static io.sluice.behavior.TransitionTransform.TO;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** How far the mix of endpoints of fitted sessions is from that of held-out ones (total variation distance). */
final class EndpointMixTransform {
    private EndpointMixTransform() {}

    static Dataset<Row> distance(Dataset<Row> fitted, Dataset<Row> heldOut) {
        Column share = col("times").divide(sum("times").over(Window.partitionBy(lit(0))));
        Dataset<Row> model = requests(fitted).select(col(TO), share.as("model"));
        Dataset<Row> real = requests(heldOut).select(col(TO), share.as("real"), col("times"));
        Column kinds = count(lit(1)).over(Window.partitionBy(lit(0)));
        Dataset<Row> both = model.join(real, Joins.on(TO), "full_outer")
                .select(
                        coalesce(col("model"), lit(0.0)).as("model"),
                        coalesce(col("real"), lit(0.0)).as("real"),
                        coalesce(col("times"), lit(0L)).as("times"),
                        lit(1.0).divide(kinds).as("uniform"))
                .agg(
                        sum(abs(col("model").minus(col("real")))).divide(2).as("distance"),
                        sum(abs(col("uniform").minus(col("real")))).divide(2).as("uniform_distance"),
                        sum("times").as("n"))
                .where(col("n").gt(0));
        return both.select(
                FidelityTransform.row("endpoint_mix_distance", col("distance"), "uniform", col("uniform_distance")));
    }

    private static Dataset<Row> requests(Dataset<Row> moves) {
        return moves.where(col(TO).notEqual("")).groupBy(TO).agg(count(lit(1)).as("times"));
    }
}
