package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.lake.SessionSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The lake of a test with one tenant: what lands there, what ingest answers, what its tables hold. */
final class IngestLake {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SparkSession spark = SessionSettings.open("tests");
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Path lake;

    IngestLake(Path lake) {
        this.lake = lake;
    }

    SparkSession spark() {
        return spark;
    }

    Path tenant() {
        return lake.resolve("acme");
    }

    void land(String name, LandedExchange... exchanges) throws IOException {
        land(
                name,
                spark.createDataFrame(
                        Stream.of(exchanges).map(LandedExchange::row).toList(), LandedExchange.SCHEMA));
    }

    void land(String name, Dataset<Row> rows) throws IOException {
        Path written = lake.resolve("written-" + name);
        rows.coalesce(1).write().parquet(written.toString());
        Files.createDirectories(tenant().resolve("landing"));
        try (Stream<Path> files = Files.list(written)) {
            Path file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            Files.move(file, tenant().resolve("landing/" + name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    JsonNode ingest(int expectedCode, String... options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("ingest", "--tenant", "acme", "--lake", lake.toString()));
        arguments.addAll(Arrays.asList(options));
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = JobsMain.run(console, arguments.toArray(String[]::new));
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(expectedCode);
        return JSON.readTree(out.toByteArray());
    }

    Dataset<Row> table(String name) {
        return spark.read()
                .format("delta")
                .load(tenant().resolve("tables/" + name).toString());
    }
}
