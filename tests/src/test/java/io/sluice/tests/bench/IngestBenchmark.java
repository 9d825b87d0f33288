package io.sluice.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.jobs.Console;
import io.sluice.jobs.JobsMain;
import io.sluice.lake.SessionSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how many exchanges with bodies of 1 KB ingest takes in a second, beside a plain copy of the same
 * Parquet rows to Delta. Arguments: rows (1000000), rounds (3), seed (7).
 */
public final class IngestBenchmark {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SparkSession spark;
    private final Path lake;

    private IngestBenchmark(SparkSession spark, Path lake) {
        this.spark = spark;
        this.lake = lake;
    }

    public static void main(String[] args) throws IOException {
        long rows = args.length > 0 ? Long.parseLong(args[0]) : 1_000_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 7;
        Path lake = Files.createTempDirectory("sluice-ingest-benchmark");
        try {
            SparkSession spark = SessionSettings.open("ingest benchmark");
            new IngestBenchmark(spark, lake).measure(rows, rounds, seed);
            spark.stop();
        } finally {
            delete(lake);
        }
    }

    private void measure(long rows, int rounds, long seed) throws IOException {
        land("warm", rows / 4, seed + 1);
        copy("warm", "warm-copy", rows / 4);
        ingest("warm");
        land("timed", rows, seed);
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

    private void land(String tenant, long rows, long seed) throws IOException {
        Path written = lake.resolve("written-" + tenant);
        GeneratedExchanges.rows(spark, rows, seed)
                .write()
                .option("compression", "zstd")
                .parquet(written.toString());
        Path landing = Files.createDirectories(lake.resolve(tenant + "/landing"));
        try (Stream<Path> files = Files.list(written)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
                Files.move(file, landing.resolve(file.getFileName()));
            }
        }
    }

    private long copy(String tenant, String name, long rows) {
        Dataset<Row> landed =
                spark.read().parquet(lake.resolve(tenant + "/landing").toString());
        long started = System.nanoTime();
        landed.write().format("delta").save(lake.resolve(name).toString());
        return perSecond(rows, started);
    }

    private long ingest(String tenant) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        int code = JobsMain.run(console, "ingest", "--tenant", tenant, "--lake", lake.toString());
        JsonNode result = JSON.readTree(out.toByteArray()).get("result");
        if (code != 0 || result.get("duplicates").asLong() != 0) {
            throw new IllegalStateException("ingest ended with " + code + ": " + result);
        }
        return result.get("rowsPerSecond").asLong();
    }

    private void forget(String tenant) throws IOException {
        delete(lake.resolve(tenant + "/tables"));
    }

    private static long perSecond(long rows, long startedNanos) {
        return Math.round(rows / ((System.nanoTime() - startedNanos) / 1e9));
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
