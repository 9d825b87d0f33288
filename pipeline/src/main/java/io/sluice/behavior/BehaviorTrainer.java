package io.sluice.behavior;

import static java.util.Comparator.comparingDouble;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.sluice.schemas.SessionTable;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds the clusters of sessions that behave alike: k-means over session vectors, with the number of clusters that has
 * the best mean silhouette.
 */
public final class BehaviorTrainer {
    /** Name of the algorithm in stored models. */
    public static final String ALGORITHM = "kmeans+markov1";

    public static final String ALGORITHM_VERSION = "1";

    private static final String PREDICTION = "prediction";
    private static final int MOST_CLUSTERS = 8;
    private static final int LEAST_PER_CLUSTER = 5;

    /** Below this the silhouette speaks of one cloud rather than of several. */
    private static final double LEAST_SILHOUETTE = 0.25;

    /** More clusters must be this much better: splitting hairs always helps a little. */
    private static final double LEAST_GAIN = 0.02;

    private static final int STARTS = 4;

    private static final int HELD_OUT_ONE_IN = 5;

    /** Fewer sessions than this are all fitted to, with none held out. */
    private static final long LEAST_FOR_HOLDOUT = 50;

    /** The number of clusters is chosen on about so many sessions. */
    private static final long SAMPLE = 10_000;

    /** Rows are drawn part by part, so that the parts must be the same on every machine for the same clusters to come out. */
    private static final long SESSIONS_PER_PART = 20_000;

    /** How to train: the number of clusters, or 0 to choose it; the seed of all chance. */
    public record Settings(int clusters, long seed) {
        public Settings {
            if (clusters < 0 || clusters > 100) {
                throw new IllegalArgumentException("clusters must be 0 to 100, not " + clusters);
            }
        }
    }

    private final Settings settings;

    public BehaviorTrainer(Settings settings) {
        this.settings = settings;
    }

    /**
     * Fits clusters to {@code vectors} and numbers them by size.
     *
     * @param keep is given what is read several times
     * @return session_id, cluster
     */
    public Dataset<Row> train(Dataset<Row> vectors, UnaryOperator<Dataset<Row>> keep) {
        long sessions = vectors.count();
        int parts = (int) (1 + sessions / SESSIONS_PER_PART);
        Dataset<Row> ordered = keep.apply(
                vectors.repartition(parts, col(SessionTable.SESSION_ID)).sortWithinPartitions(SessionTable.SESSION_ID));
        Dataset<Row> fitted = sessions < LEAST_FOR_HOLDOUT ? ordered : ordered.where(not(heldOut()));
        int clusters = settings.clusters() > 0 ? settings.clusters() : choose(fitted, sessions);
        return clusters == 1
                ? ordered.select(col(SessionTable.SESSION_ID), lit(0).as(SessionTable.CLUSTER))
                : numbered(fit(fitted, clusters).transform(ordered));
    }

    /** Whether a session is of the fifth, chosen by hash, that a model is measured on and not fitted to. */
    static Column heldOut() {
        return pmod(xxhash64(lit("holdout"), col(SessionTable.SESSION_ID)), lit(HELD_OUT_ONE_IN))
                .equalTo(0);
    }

    private int choose(Dataset<Row> vectors, long sessions) {
        int most = (int) Math.min(MOST_CLUSTERS, sessions / LEAST_PER_CLUSTER);
        long oneIn = Math.max(1, sessions / SAMPLE);
        Dataset<Row> sample = vectors.where(pmod(xxhash64(lit("sample"), col(SessionTable.SESSION_ID)), lit(oneIn))
                .equalTo(0));
        int best = 1;
        double bestScore = LEAST_SILHOUETTE;
        for (int clusters = 2; clusters <= most; clusters++) {
            double score = silhouette(fit(sample, clusters), sample);
            if (score > bestScore + (best == 1 ? 0 : LEAST_GAIN)) {
                best = clusters;
                bestScore = score;
            }
        }
        return best;
    }

    private static double silhouette(KMeansModel model, Dataset<Row> vectors) {
        long used = Arrays.stream(model.summary().clusterSizes())
                .filter(size -> size > 0)
                .count();
        return used < 2
                ? 0
                : new ClusteringEvaluator()
                        .setFeaturesCol(SessionVectorTransform.FEATURES)
                        .evaluate(model.transform(vectors));
    }

    /** The best of several fits: k-means ends in the nearest of many minima, and its start decides in which. */
    private KMeansModel fit(Dataset<Row> vectors, int clusters) {
        return IntStream.range(0, STARTS)
                .mapToObj(start -> fit(vectors, clusters, settings.seed() + start))
                .min(comparingDouble(model -> model.summary().trainingCost()))
                .orElseThrow();
    }

    private static KMeansModel fit(Dataset<Row> vectors, int clusters, long seed) {
        return new KMeans()
                .setFeaturesCol(SessionVectorTransform.FEATURES)
                .setPredictionCol(PREDICTION)
                .setK(clusters)
                .setSeed(seed)
                .setSolver("row") // the block solver fails where fewer centers are found than asked for
                .setMaxIter(20)
                .fit(vectors);
    }

    /** Renumbers so that 0 is the largest cluster; of equal ones that with the first session id. */
    private static Dataset<Row> numbered(Dataset<Row> predicted) {
        String size = "size";
        List<Row> bySize = predicted
                .groupBy(PREDICTION)
                .agg(count(lit(1)).as(size), min(SessionTable.SESSION_ID).as(SessionTable.SESSION_ID))
                .orderBy(col(size).desc(), col(SessionTable.SESSION_ID))
                .collectAsList();
        int most = bySize.stream().mapToInt(row -> row.getInt(0)).max().orElse(0);
        Column[] numbers = new Column[most + 1];
        Arrays.fill(numbers, lit(0));
        for (int number = 0; number < bySize.size(); number++) {
            numbers[bySize.get(number).getInt(0)] = lit(number);
        }
        return predicted.select(
                col(SessionTable.SESSION_ID),
                element_at(array(numbers), col(PREDICTION).plus(1)).as(SessionTable.CLUSTER));
    }
}
