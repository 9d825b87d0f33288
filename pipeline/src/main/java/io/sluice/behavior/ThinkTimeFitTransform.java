package io.sluice.behavior;

import static io.sluice.behavior.TransitionTransform.FROM;
import static io.sluice.behavior.TransitionTransform.TO;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How far held-out think times are from those of the model: the Kolmogorov-Smirnov distance from uniform of their
 * positions in the modelled distribution, read off at a hundred points. The baseline is one exponential distribution.
 */
final class ThinkTimeFitTransform {
    private static final int POINTS = 100;

    private static final UserDefinedFunction POSITION = udf(
            (UDF3<Seq<Long>, Long, Double, Double>) (deciles, millis, within) ->
                    new ThinkTimes(List.copyOf(CollectionConverters.asJava(deciles))).position(millis, within),
            DataTypes.DoubleType);

    private ThinkTimeFitTransform() {}

    static Dataset<Row> distance(Dataset<Row> fitted, Dataset<Row> heldOut) {
        Column thinks = col(SessionStepTable.THINK_TIME_MS).isNotNull();
        Dataset<Row> model = BehaviorModelTransform.deciles(fitted.where(thinks));
        Dataset<Row> mean = fitted.agg(avg(SessionStepTable.THINK_TIME_MS).as("mean"));
        Column within = pmod(xxhash64(col(SessionTable.SESSION_ID), col(FROM), col(TO)), lit(1000))
                .divide(1000);
        Column exponential = lit(1).minus(exp(col(SessionStepTable.THINK_TIME_MS)
                .divide(greatest(col("mean"), lit(1.0)))
                .multiply(-1)));
        Dataset<Row> binned = heldOut.where(thinks)
                .join(broadcast(model), Joins.on(SessionTable.CLUSTER, FROM, TO), "inner")
                .crossJoin(broadcast(mean))
                .select(explode(array(
                                struct(
                                        lit(true).as("modelled"),
                                        bin(POSITION.apply(col("deciles"), col(SessionStepTable.THINK_TIME_MS), within))
                                                .as("bin")),
                                struct(
                                        lit(false).as("modelled"),
                                        bin(exponential).as("bin"))))
                        .as("at"))
                .groupBy(col("at.modelled").as("modelled"), col("at.bin").as("bin"))
                .agg(count(lit(1)).as("times"));
        Column total = sum("times").over(Window.partitionBy("modelled"));
        Column reached = sum("times").over(Window.partitionBy("modelled").orderBy("bin"));
        Column before = reached.minus(col("times"));
        Column gap = greatest(
                abs(reached.divide(total).minus(col("bin").plus(1).divide(POINTS))),
                abs(before.divide(total).minus(col("bin").divide(POINTS))));
        Dataset<Row> distances = binned.select(col("modelled"), gap.as("gap"), total.as("n"))
                .agg(
                        max(when(col("modelled"), col("gap"))).as("distance"),
                        max(when(col("modelled").equalTo(false), col("gap"))).as("base"),
                        max("n").as("n"))
                .where(col("n").gt(0));
        return distances.select(
                FidelityTransform.row("think_time_ks", col("distance"), "one exponential", col("base")));
    }

    private static Column bin(Column position) {
        return least(floor(position.multiply(POINTS)), lit((long) POINTS - 1));
    }
}
