package io.sluice.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.tests.Outcome;
import io.sluice.tests.SampleHar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same jobs on a cluster of separate processes and in one process give the same tables. */
@Timeout(600)
@Tag("long")
final class ClusterIT {
    private static final int FILES = 6;
    private static final int READERS_PER_FILE = 60;
    private static final int EXCHANGES = FILES * READERS_PER_FILE * 5;

    private static final String REQUEST = """
            {"id": "r1", "receivedAt": "2026-11-20T09:00:00Z", "deadline": "PT72H", "basis": "GDPR Art. 17",
             "action": "erase", "history": "preserve", "expand": "actor",
             "selectors": [{"subject": {"kind": "email", "value": "reader7@example.org"}}]}
            """;

    @TempDir
    static Path folder;

    private static SparkCluster cluster;
    private static Map<String, String> local;

    @BeforeAll
    static void runsLocally() throws IOException {
        cluster = SparkCluster.start(Files.createDirectory(folder.resolve("cluster")));
        Path recordings = Files.createDirectory(folder.resolve("recordings"));
        for (int file = 0; file < FILES; file++) {
            SampleHar.write(recordings.resolve(file + ".har"), file * READERS_PER_FILE, READERS_PER_FILE);
        }
        here("local", "import", recordings.toString());
        copy(folder.resolve("local"), folder.resolve("remote"));
        here("local", "ingest");
        copyKey(folder.resolve("local"), folder.resolve("remote"));
        here("local", "learn");
        local = tables("local");
    }

    @AfterAll
    static void endsEveryProcess() {
        cluster.close();
    }

    @Test
    void aClusterThatLosesAnExecutorGivesTheSameTables() throws Exception {
        Submission ingest = cluster.submit("ingest", "--tenant", "acme", "--lake", lake("remote"));
        cluster.killBusyExecutor();
        JsonNode ingested = ingest.document();
        assertThat(ingested.at("/state").asText()).isEqualTo("DONE");
        Submission learn = cluster.submit("learn", "--tenant", "acme", "--lake", lake("remote"));
        cluster.killBusyExecutor();
        learn.document();
        assertThat(local.get("exchange")).startsWith(EXCHANGES + " ");
        assertThat(tables("remote")).isEqualTo(local);

        String request =
                Files.writeString(folder.resolve("request.json"), REQUEST).toString();
        here("local", "scrub", "--request", request);
        Submission scrub = cluster.submit("scrub", "--tenant", "acme", "--lake", lake("remote"), "--request", request);
        cluster.killBusyExecutor();
        assertThat(scrub.document().at("/result/state").asText()).isEqualTo("DONE");
        assertThat(tables("remote")).isNotEqualTo(local).isEqualTo(tables("local"));
    }

    /** The number of rows of each table, with a fingerprint of all they hold but the run that wrote them. */
    private static Map<String, String> tables(String lake) {
        Map<String, String> tables = new TreeMap<>();
        for (String table :
                new String[] {"exchange", "identifier", "endpoint", "session", "session_step", "dependency", "scenario"
                }) {
            String sql =
                    "SELECT count(*), sum(CAST(xxhash64(*) AS DECIMAL(38, 0))) FROM (SELECT * EXCEPT (run_id) FROM "
                            + table + ")";
            JsonNode row = here(lake, "sql", "--format", "json", sql).at("/result/answer/0");
            tables.put(
                    table,
                    row.path(0).asText() + " rows, fingerprint " + row.path(1).asText());
        }
        return tables;
    }

    private static JsonNode here(String lake, String command, String... more) {
        String[] common = {command, "--tenant", "acme", "--lake", lake(lake)};
        Outcome outcome =
                Outcome.of(Stream.concat(Stream.of(common), Stream.of(more)).toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.messages()).isZero();
        return outcome.document();
    }

    private static String lake(String name) {
        return folder.resolve(name).toString();
    }

    /** The first run of a lake makes its key, and all pseudonyms hang on it. */
    private static void copyKey(Path from, Path to) throws IOException {
        Path key = Path.of("acme/control/tenant.key");
        Files.createDirectories(to.resolve(key).getParent());
        Files.copy(from.resolve(key), to.resolve(key));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
