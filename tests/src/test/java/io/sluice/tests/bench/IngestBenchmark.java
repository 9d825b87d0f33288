package io.sluice.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.SessionSettings;
import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how many exchanges with bodies of 1 KB ingest takes in a second, beside a plain copy of the same
 * Parquet rows to Delta. Arguments: rows (1000000), rounds (3), seed (7).
 */
public final class IngestBenchmark {
    private final SparkSession spark;
    private final GeneratedLake lake;

    private IngestBenchmark(SparkSession spark, GeneratedLake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    public static void main(String[] args) throws IOException {
        long rows = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 7;
        SparkSession spark = SessionSettings.open("ingest benchmark");
        try (GeneratedLake lake = new GeneratedLake(spark)) {
            new IngestBenchmark(spark, lake).measure(rows, rounds, seed);
        } finally {
            spark.stop();
        }
    }

    private void measure(long rows, int rounds, long seed) throws IOException {
        lake.land("warm", rows / 4, seed + 1);
        copy("warm", "warm-copy", rows / 4);
        ingest("warm");
        lake.land("timed", rows, seed);
        System.out.printf(
                "%d exchanges, %s; seed %d; %d cores%n",
                rows,
                String.join(", ", GeneratedExchanges.explained()),
                seed,
                spark.sparkContext().defaultParallelism());
        System.out.printf("%-8s %22s %22s%n", "round", "plain copy, rows/s", "ingest, rows/s");
        for (int round = 1; round <= rounds; round++) {
            long copied = copy("timed", "copy-" + round, rows);
            forget("timed");
            long ingested = ingest("timed");
            System.out.printf("%-8d %,22d %,22d%n", round, copied, ingested);
        }
    }

    private long copy(String tenant, String name, long rows) {
        Dataset<Row> landed =
                spark.read().parquet(lake.folder().resolve(tenant + "/landing").toString());
        long started = System.nanoTime();
        landed.write().format("delta").save(lake.folder().resolve(name).toString());
        return perSecond(rows, started);
    }

    private long ingest(String tenant) throws IOException {
        JsonNode result = lake.run(tenant, "ingest").path("result");
        if (result.get("duplicates").asLong() != 0) {
            throw new IllegalStateException("rows were taken for others: " + result);
        }
        return result.get("rowsPerSecond").asLong();
    }

    private void forget(String tenant) throws IOException {
        GeneratedLake.delete(lake.folder().resolve(tenant + "/tables"));
    }

    private static long perSecond(long rows, long startedNanos) {
        return Math.round(rows / ((System.nanoTime() - startedNanos) / 1e9));
    }
}
