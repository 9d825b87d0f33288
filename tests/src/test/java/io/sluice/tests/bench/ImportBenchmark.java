package io.sluice.tests.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.Console;
import io.sluice.jobs.JobsMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Measures how fast {@code import} reads one file on one core, by the clock and by processor time, beside a scan of its
 * bytes that only looks for JSON tokens, by processor time. Arguments: megabytes per file (default 300), and optionally {@code har} or {@code rrpair}.
 */
public final class ImportBenchmark {
    private static final long SEED = 20_260_504;
    private static final int ROUNDS = 3;

    /** Megabytes per second of one import: by the clock, all of Spark's work included, and per processor second of a task. */
    private record Rate(double byClock, double byProcessor) {
        Rate better(Rate other) {
            return new Rate(Math.max(byClock, other.byClock), Math.max(byProcessor, other.byProcessor));
        }
    }

    private ImportBenchmark() {}

    public static void main(String[] args) throws IOException {
        long megabytes = args.length > 0 ? Long.parseLong(args[0]) : 300;
        String only = args.length > 1 ? args[1] : "";
        System.setProperty("spark.extraListeners", TaskCpu.class.getName());
        PrintStream out = new PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true);
        Path folder = Files.createTempDirectory("import-benchmark");
        try {
            out.printf("%-8s %6s %12s %14s %14s%n", "format", "MB", "import MB/s", "import MB/cpu-s", "scan MB/cpu-s");
            for (String format : new String[] {"har", "rrpair"}) {
                if (only.isEmpty() || only.equals(format)) {
                    measure(folder, format, megabytes << 20, out);
                }
            }
            out.printf("peak heap limit %d MB%n", Runtime.getRuntime().maxMemory() >> 20);
        } finally {
            delete(folder);
        }
    }

    private static void measure(Path folder, String format, long bytes, PrintStream out) throws IOException {
        Path file = folder.resolve(format.equals("har") ? "traffic.har" : "traffic.jsonl");
        if (format.equals("har")) {
            new GeneratedTraffic(SEED).writeHar(file, bytes);
        } else {
            new GeneratedTraffic(SEED).writeRrpairs(file, bytes);
        }
        Rate imported = new Rate(0, 0);
        double scanned = 0;
        int rounds = bytes > 1L << 30 ? 1 : ROUNDS;
        for (int round = 0; round < rounds; round++) {
            scanned = Math.max(scanned, scan(file));
            imported = imported.better(importOnce(folder, file, round));
        }
        out.printf(
                "%-8s %6d %12.1f %14.1f %14.1f%n",
                format, Files.size(file) >> 20, imported.byClock(), imported.byProcessor(), scanned);
        Files.delete(file);
    }

    private static Rate importOnce(Path folder, Path file, int round) throws IOException {
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        Path lake = folder.resolve("lake");
        TaskCpu.takeSeconds();
        int code = JobsMain.run(
                new Console(new PrintStream(document, true, StandardCharsets.UTF_8), System.err),
                "import",
                "--tenant",
                "bench",
                "--lake",
                lake.toString(),
                "--run-id",
                "round-" + round,
                file.toString());
        JsonNode result = new ObjectMapper().readTree(document.toByteArray()).path("result");
        if (code != 0
                || result.path("rejected").asLong() != 0
                || result.path("imported").asLong() == 0) {
            throw new IllegalStateException("the import ended with " + code + " and " + result);
        }
        delete(lake);
        return new Rate(result.path("megabytesPerSecond").asDouble(), Files.size(file) / 1e6 / TaskCpu.takeSeconds());
    }

    private static double scan(Path file) throws IOException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long tokens = 0;
        try (InputStream in = Files.newInputStream(file);
                JsonParser json = new JsonFactory().createParser(in)) {
            while (json.nextToken() != null) {
                tokens++;
            }
        }
        double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        if (tokens == 0) {
            throw new IllegalStateException("nothing was scanned");
        }
        return Files.size(file) / 1e6 / seconds;
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) below.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }
}
