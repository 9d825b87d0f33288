package io.sluice.redaction;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows -> rows in the form in which Spark holds them, and back; into Java objects and back costs more than redaction. */
final class InternalRowTransform {
    private InternalRowTransform() {}

    /** Who takes a row must copy what it keeps of it: the next one comes in the same object. */
    static JavaRDD<InternalRow> internal(Dataset<Row> rows) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }

    /** Rows of {@code type} in the session of {@code origin}. */
    static Dataset<Row> rows(JavaRDD<InternalRow> internal, StructType type, Dataset<Row> origin) {
        return ((SparkSession) origin.sparkSession()).internalCreateDataFrame(internal.rdd(), type, false);
    }
}
