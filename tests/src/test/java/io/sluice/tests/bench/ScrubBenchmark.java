package io.sluice.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.tables.DeltaTable;
import io.sluice.lake.SessionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;

/**
 * Measures how long it takes to find and scrub one subject with 20 exchanges in lakes of growing size, beside Delta's own
 * DELETE, REORG and VACUUM of such a subject, in the table of exchanges alone and in the blind index too, and a rewrite of
 * both tables; how many decoded bytes a second are verified, and how long it takes to find without the index in terms of
 * that; and how much is written in terms of the files that hold rows of the subject. Arguments: rows of the smallest lake
 * (50000), sizes, each four times the one before (2), seed (7).
 */
public final class ScrubBenchmark {
    private static final int SUBJECT = 1_000;
    private static final String NOBODY = "nobody@nowhere.example";

    /** Of amazon-s3-find-and-forget, by its cost overview: 50 TB in 10.5 h on 400 vCPU, for $6.34 a TB. */
    private static final double PEER_CORE_HOURS_PER_TB = 400 * 10.5 / 50;

    private static final double PEER_DOLLARS_PER_TB = 6.34;

    private final SparkSession spark;
    private final GeneratedLake lake;

    private ScrubBenchmark(SparkSession spark, GeneratedLake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    /** Seconds, and decoded megabytes a second. */
    private record Measured(
            long rows,
            double preserve,
            double purge,
            double thousand,
            JsonNode verified,
            double scanned,
            double written,
            double deltas,
            double deltasOfBoth,
            double rewrite) {
        private double verify() {
            return verified.path("decodedMegabytesPerSecond").asDouble();
        }

        /** How long finding without the index takes, in terms of verifying. */
        private double scanToVerify() {
            return scanned / verified.path("seconds").asDouble();
        }

        /** What reading everything costs, if it stays in proportion to the stored bytes and a core is a core. */
        private String besideThePeer() {
            int cores = Runtime.getRuntime().availableProcessors();
            double storedPerCoreSecond =
                    verified.path("bytes").asDouble() / verified.path("seconds").asDouble() / cores;
            double coreHoursPerTb = 1e12 / storedPerCoreSecond / 3600;
            return "to read a TB as it is stored takes %.0f core-hours, $%.2f at the peer's price of one; the peer %.0f, $%.2f"
                    .formatted(
                            coreHoursPerTb,
                            coreHoursPerTb * PEER_DOLLARS_PER_TB / PEER_CORE_HOURS_PER_TB,
                            PEER_CORE_HOURS_PER_TB,
                            PEER_DOLLARS_PER_TB);
        }

        @Override
        public String toString() {
            return "%-10d %12.1f %9.1f %18.1f %14.1f %15.1f %18.1f %19.1f %15.2f %13.2f"
                    .formatted(
                            rows,
                            preserve,
                            purge,
                            thousand,
                            verify(),
                            deltas,
                            deltasOfBoth,
                            rewrite,
                            scanToVerify(),
                            written);
        }
    }

    public static void main(String[] args) throws IOException {
        long rows = args.length > 0 ? Long.parseLong(args[0]) : 50_000;
        int sizes = args.length > 1 ? Integer.parseInt(args[1]) : 2;
        long seed = args.length > 2 ? Long.parseLong(args[2]) : 7;
        SparkSession spark = SessionSettings.open("scrub benchmark");
        try (GeneratedLake lake = new GeneratedLake(spark)) {
            ScrubBenchmark benchmark = new ScrubBenchmark(spark, lake);
            benchmark.measure("warm", Math.min(rows, 50_000), seed + 1);
            System.out.printf(
                    "one subject with 20 exchanges; %s; seed %d%n",
                    String.join(", ", GeneratedExchanges.explained()), seed);
            System.out.println(
                    "exchanges   preserve, s  purge, s  1,000 subjects, s  verify, MB/s  Delta's own, s  and identifier, s  rewrite of both, s  find to verify  written to touched");
            List<Measured> measured = new ArrayList<>();
            for (int size = 0; size < sizes; size++) {
                measured.add(benchmark.measure("size" + size, rows << (2 * size), seed));
                System.out.println(measured.get(size));
            }
            System.out.println(measured.get(sizes - 1).besideThePeer());
            if (sizes > 1) {
                System.out.println(exponents(measured.get(0), measured.get(sizes - 1)));
            }
        } finally {
            spark.stop();
        }
    }

    /** With which power of the number of rows the times grow from one lake to another. */
    private static String exponents(Measured first, Measured last) {
        double times = Math.log((double) last.rows() / first.rows());
        return "%-10s %12.2f %9.2f %18.2f %14s %15.2f %18.2f %19.2f"
                .formatted(
                        "exponent",
                        Math.log(last.preserve() / first.preserve()) / times,
                        Math.log(last.purge() / first.purge()) / times,
                        Math.log(last.thousand() / first.thousand()) / times,
                        "",
                        Math.log(last.deltas() / first.deltas()) / times,
                        Math.log(last.deltasOfBoth() / first.deltasOfBoth()) / times,
                        Math.log(last.rewrite() / first.rewrite()) / times);
    }

    private Measured measure(String tenant, long rows, long seed) throws IOException {
        lake.land(tenant, rows, seed);
        lake.run(tenant, "ingest");
        JsonNode verified = lake.run(tenant, "verify", "--request", request(-1, "preserve"));
        JsonNode scanned = lake.run(tenant, "scrub", "--plan-only", "--request", unindexed());
        FolderChange change = FolderChange.begin(lake.folder().resolve(tenant));
        double preserved = scrubbed(lake.run(tenant, "scrub", "--request", request(SUBJECT, "preserve")));
        double written = change.writtenToTouched();
        double purged = scrubbed(lake.run(tenant, "scrub", "--request", request(SUBJECT + 1, "purge")));
        double thousand = scrubbed(lake.run(
                tenant,
                "scrub",
                "--confirm-rows",
                Long.toString(rows),
                "--request",
                request("preserve", manySubjects())));
        String exchanges = lake.folder().resolve(tenant + "/tables/exchange").toString();
        String identifiers =
                lake.folder().resolve(tenant + "/tables/identifier").toString();
        String theirs = "connection_id = '" + (SUBJECT + 2) + "'";
        String ids =
                spark
                        .read()
                        .format("delta")
                        .load(exchanges)
                        .where(theirs)
                        .select("exchange_id")
                        .collectAsList()
                        .stream()
                        .map(row -> "'" + row.getString(0) + "'")
                        .collect(Collectors.joining(",", "exchange_id IN (", ")"));
        double deltas = seconds(() -> deleteWithDelta(exchanges, theirs));
        double both = deltas + seconds(() -> deleteWithDelta(identifiers, ids));
        Path copies = lake.folder().resolve("rewritten-" + tenant);
        double rewritten =
                rewritten(exchanges, copies.resolve("exchange")) + rewritten(identifiers, copies.resolve("identifier"));
        lake.remove(tenant);
        return new Measured(
                rows,
                preserved,
                purged,
                thousand,
                verified.path("result"),
                scanned.at("/plan/findSeconds").asDouble(),
                written,
                deltas,
                both,
                rewritten);
    }

    private double rewritten(String table, Path copy) throws IOException {
        return seconds(() ->
                spark.read().format("delta").load(table).write().format("delta").save(copy.toString()));
    }

    private static double scrubbed(JsonNode document) {
        return document.at("/plan/findSeconds").asDouble()
                + document.at("/result/scrubSeconds").asDouble();
    }

    /** By a narrow column, which is the least it can be asked for. */
    private void deleteWithDelta(String path, String condition) {
        DeltaTable table = DeltaTable.forPath(spark, path);
        table.delete(condition);
        spark.sql("REORG TABLE delta.`" + path + "` APPLY (PURGE)");
        spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        table.vacuum(0);
    }

    private String request(int visitor, String history) throws IOException {
        return request(history, IntStream.of(visitor));
    }

    private static IntStream manySubjects() {
        return IntStream.range(SUBJECT + 10, SUBJECT + 1_010);
    }

    /** For a value that nobody has and the index could not tell of. */
    private String unindexed() throws IOException {
        return request("preserve", "{\"literal\": \"" + NOBODY + "\"}");
    }

    /** To forget visitors; one below zero never came. */
    private String request(String history, IntStream visitors) throws IOException {
        return request(
                history,
                visitors.mapToObj(visitor -> visitor < 0 ? NOBODY : GeneratedExchanges.email(visitor))
                        .map("{\"subject\": {\"kind\": \"email\", \"value\": \"%s\"}}"::formatted)
                        .collect(Collectors.joining(",\n")));
    }

    private String request(String history, String selectors) throws IOException {
        Path file = Files.createTempFile(lake.folder(), "request", ".json");
        return Files.writeString(file, """
                        {"id": "r%d", "receivedAt": "2026-11-20T09:00:00Z", "deadline": "PT72H", "basis": "benchmark",
                         "action": "erase", "history": "%s", "selectors": [%s]}
                        """.formatted(System.nanoTime(), history, selectors))
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
