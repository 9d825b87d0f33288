package io.sluice.scrub.parquet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.io.LocalInputFile;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** The engines that must agree on what a table holds; each keeps what it remembers of the files until it is closed. */
final class TableReaders implements AutoCloseable {
    private static final String VECTORIZED = "spark.sql.parquet.enableVectorizedReader";

    private final Map<String, TableReader> readers = new LinkedHashMap<>();

    TableReaders(SparkSession spark, Path table) throws SQLException {
        readers.put("Spark, by columns", () -> inSpark(spark, "true", table));
        readers.put("Spark, by rows", () -> inSpark(spark, "false", table));
        readers.put("parquet-java", () -> inParquet(table));
        readers.put("Delta Kernel", new KernelReader(table));
        readers.put("DuckDB", new DuckReader(table));
    }

    /** All rows as text, sorted, by the name of the engine. */
    Map<String, List<String>> rows() throws IOException, SQLException {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Map.Entry<String, TableReader> reader : readers.entrySet()) {
            rows.put(reader.getKey(), reader.getValue().rows());
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        for (TableReader reader : readers.values()) {
            reader.close();
        }
    }

    /** The data files of a table that never changed. */
    static List<Path> dataFiles(Path table) throws IOException {
        try (Stream<Path> files = Files.list(table)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    private static List<String> inSpark(SparkSession spark, String vectorized, Path table) {
        spark.conf().set(VECTORIZED, vectorized);
        try {
            return spark.read()
                    .format("delta")
                    .load(table.toString())
                    .selectExpr("cast(struct(*) as string) as row")
                    .orderBy("row")
                    .as(Encoders.STRING())
                    .collectAsList();
        } finally {
            spark.conf().unset(VECTORIZED);
        }
    }

    private static List<String> inParquet(Path table) throws IOException {
        List<String> rows = new ArrayList<>();
        for (Path file : dataFiles(table)) {
            rows.addAll(Contents.rows(new LocalInputFile(file)));
        }
        rows.sort(null);
        return rows;
    }
}
