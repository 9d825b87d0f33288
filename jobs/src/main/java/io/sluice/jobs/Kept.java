package io.sluice.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The intermediate rows of one run, each computed once and given back at its end. */
final class Kept implements UnaryOperator<Dataset<Row>>, AutoCloseable {
    private final List<Dataset<Row>> rows = new ArrayList<>();

    /**
     * Computes {@code rows} only once, when first read, and ends their plan here: Spark goes through a plan again for every
     * join that is built on it, so that plans which share their beginnings grow beyond what the driver can analyze. What
     * an executor takes with it when it dies is computed again.
     */
    @Override
    public Dataset<Row> apply(Dataset<Row> rows) {
        Dataset<Row> computed = rows.sparkSession()
                .createDataFrame(rows.toJavaRDD(), rows.schema())
                .persist();
        this.rows.add(computed);
        return computed;
    }

    @Override
    public void close() {
        rows.forEach(Dataset::unpersist);
    }
}
