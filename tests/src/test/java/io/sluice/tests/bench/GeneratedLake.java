package io.sluice.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.jobs.Console;
import io.sluice.jobs.JobsMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** A lake of generated exchanges in a folder of its own, on which commands are run. */
final class GeneratedLake implements AutoCloseable {
    private static final long ROWS_PER_FILE = 100_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SparkSession spark;
    private final Path folder;

    GeneratedLake(SparkSession spark) throws IOException {
        this.spark = spark;
        this.folder = Files.createTempDirectory("sluice-benchmark");
    }

    Path folder() {
        return folder;
    }

    /** Puts so many rows into the landing of a tenant. */
    void land(String tenant, long rows, long seed) throws IOException {
        Path written = folder.resolve("written-" + tenant);
        GeneratedExchanges.rows(spark, rows, seed)
                .write()
                .option("compression", "zstd")
                .option("maxRecordsPerFile", ROWS_PER_FILE)
                .parquet(written.toString());
        Path landing = Files.createDirectories(folder.resolve(tenant + "/landing"));
        try (Stream<Path> files = Files.list(written)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".parquet")).toList()) {
                Files.move(file, landing.resolve(file.getFileName()));
            }
        }
    }

    /** The document of a command, which must be done. */
    JsonNode run(String tenant, String command, String... more) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        Stream<String> common = Stream.of(command, "--tenant", tenant, "--lake", folder.toString());
        int code = JobsMain.run(console, Stream.concat(common, Stream.of(more)).toArray(String[]::new));
        JsonNode document = JSON.readTree(out.toByteArray());
        if (code != 0) {
            throw new IllegalStateException(command + " ended with " + code + ": " + document.path("result"));
        }
        return document;
    }

    /** Removes all that a tenant has, to make room. */
    void remove(String tenant) throws IOException {
        for (String name : List.of(tenant, "written-" + tenant, "rewritten-" + tenant)) {
            delete(folder.resolve(name));
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
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
