package io.sluice.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.tables.DeltaTable;
import io.sluice.lake.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how long it takes to scrub one subject with 20 exchanges from lakes of growing size, beside Delta's own DELETE,
 * REORG and VACUUM on the table of exchanges alone, and how many decoded bytes a second verify reads. Arguments: rows of
 * the smallest lake (50000), sizes, each four times the one before (2), seed (7).
 */
public final class ScrubBenchmark {
    private static final int SUBJECT = 1_000;

    private final SparkSession spark;
    private final GeneratedLake lake;

    private ScrubBenchmark(SparkSession spark, GeneratedLake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    public static void main(String[] args) throws IOException {
        long rows = args.length > 0 ? Long.parseLong(args[0]) : 50_000;
        int sizes = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 7;
        SparkSession spark = SessionSettings.open("scrub benchmark");
        try (GeneratedLake lake = new GeneratedLake(spark)) {
            ScrubBenchmark benchmark = new ScrubBenchmark(spark, lake);
            benchmark.measure("warm", rows, seed + 1);
            System.out.printf(
                    "one subject with 20 exchanges; %s; seed %d%n",
                    String.join(", ", GeneratedExchanges.explained()), seed);
            System.out.printf(
                    "%-10s %14s %12s %14s %16s%n",
                    "exchanges", "verify, MB/s", "preserve, s", "purge, s", "Delta's own, s");
            for (int size = 0; size < sizes; size++) {
                System.out.println(benchmark.measure("size" + size, rows << (2 * size), seed));
            }
        } finally {
            spark.stop();
        }
    }

    private String measure(String tenant, long rows, long seed) throws IOException {
        lake.land(tenant, rows, seed);
        lake.run(tenant, "ingest");
        String[] request = {"--request", request(SUBJECT, "preserve")};
        JsonNode verified = lake.run(tenant, "verify", "--request", request(-1, "preserve"));
        double preserved = seconds(() -> lake.run(tenant, "scrub", request));
        double purged = seconds(() -> lake.run(tenant, "scrub", "--request", request(SUBJECT + 1, "purge")));
        double deltas = seconds(() -> deleteWithDelta(tenant));
        return "%-10d %14.1f %12.1f %14.1f %16.1f"
                .formatted(rows, verified.path("decodedMegabytesPerSecond").asDouble(), preserved, purged, deltas);
    }

    private void deleteWithDelta(String tenant) {
        String path = lake.folder().resolve(tenant + "/tables/exchange").toString();
        DeltaTable table = DeltaTable.forPath(spark, path);
        table.delete("connection_id = '" + (SUBJECT + 2) + "'");
        spark.sql("REORG TABLE delta.`" + path + "` APPLY (PURGE)");
        spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        table.vacuum(0);
    }

    private String request(int visitor, String history) throws IOException {
        String mail = visitor < 0 ? "nobody@nowhere.example" : GeneratedExchanges.email(visitor);
        Path file = Files.createTempFile(lake.folder(), "request", ".json");
        return Files.writeString(file, """
                        {"id": "%s-%d", "receivedAt": "2026-11-20T09:00:00Z", "deadline": "PT72H", "basis": "benchmark",
                         "action": "erase", "history": "%s",
                         "selectors": [{"subject": {"kind": "email", "value": "%s"}}]}
                        """.formatted(history, visitor, history, mail))
                .toString();
    }

    private interface Timed {
        void run() throws IOException;
    }

    private static double seconds(Timed timed) throws IOException {
        long started = System.nanoTime();
        timed.run();
        return (System.nanoTime() - started) / 1e9;
    }
}
