package io.sluice.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.jobs.Console;
import io.sluice.jobs.JobsMain;
import io.sluice.lake.SessionSettings;
import io.sluice.schemas.ExchangeTable;
import io.sluice.tests.bench.GeneratedExchanges;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills ingest between and during its writes, time after time, and expects what a run left in peace makes. */
@Tag("long")
class IngestKillIT {
    private static final long SEED = 20_260_301;
    private static final int KILLS = 6;
    private static final int FILES = 4;
    private static final int ROWS_PER_FILE = 500;
    private static final int MOST_COMMITS_BEFORE_KILL = 4;
    private static final long RUN_MINUTES = 5;

    private final SparkSession spark = SessionSettings.open("tests");

    @TempDir
    private Path folder;

    @Test
    void losesNothingAndRepeatsNothingHoweverOftenItIsKilled() throws Exception {
        Path killed = folder.resolve("killed");
        Path undisturbed = folder.resolve("undisturbed");
        land(undisturbed);
        ingest(undisturbed);
        copy(undisturbed.resolve("acme/landing"), killed.resolve("acme/landing"));
        copy(undisturbed.resolve("acme/control"), killed.resolve("acme/control"));

        Random random = new Random(SEED);
        int kills = 0;
        for (int round = 0; round < KILLS; round++) {
            kills += killAfter(killed, 1 + random.nextInt(MOST_COMMITS_BEFORE_KILL), random.nextInt(150)) ? 1 : 0;
        }
        ingest(killed);

        assertThat(kills).as("runs that were killed before they were done").isGreaterThan(KILLS / 2);
        for (String table : List.of("exchange", "identifier", "landing_object")) {
            List<String> expected = rows(undisturbed, table);
            assertThat(expected).as(table).isNotEmpty();
            assertThat(rows(killed, table)).as(table + " with seed " + SEED).isEqualTo(expected);
        }
        assertThat(table(killed, "exchange")
                        .select(ExchangeTable.EXCHANGE_ID)
                        .distinct()
                        .count())
                .isEqualTo(FILES * ROWS_PER_FILE);
    }

    private void land(Path lake) throws IOException {
        Path landing = Files.createDirectories(lake.resolve("acme/landing"));
        Path written = lake.resolve("written");
        GeneratedExchanges.rows(spark, FILES * ROWS_PER_FILE, SEED)
                .repartitionByRange(FILES, org.apache.spark.sql.functions.col(ExchangeTable.SOURCE_POSITION))
                .write()
                .parquet(written.toString());
        try (Stream<Path> files = Files.list(written)) {
            List<Path> parquet = files.filter(path -> path.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
            for (int i = 0; i < parquet.size(); i++) {
                Path file = landing.resolve("part-" + i + ".parquet");
                Files.move(parquet.get(i), file);
                // Files are taken up in the order of their times.
                Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1_800_000_000_000L + i));
            }
        }
    }

    private static void ingest(Path lake) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), System.err);
        int code = JobsMain.run(console, arguments(lake).toArray(String[]::new));
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }

    private static List<String> arguments(Path lake) {
        return List.of("ingest", "--tenant", "acme", "--lake", lake.toString(), "--batch-bytes", "1");
    }

    /** Starts ingest and kills it a moment after so many commits; false where it was done before. */
    private boolean killAfter(Path lake, int commits, int moreMillis) throws Exception {
        Process run = ChildRun.start(folder.resolve("killed.log"), arguments(lake));
        try {
            long before = commits(lake);
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(RUN_MINUTES);
            while (run.isAlive() && commits(lake) < before + commits && System.nanoTime() < deadline) {
                Thread.sleep(5);
            }
            return !run.waitFor(moreMillis, TimeUnit.MILLISECONDS);
        } finally {
            run.destroyForcibly().waitFor();
        }
    }

    private static long commits(Path lake) throws IOException {
        Path tables = lake.resolve("acme/tables");
        if (!Files.isDirectory(tables)) {
            return 0;
        }
        long commits = 0;
        try (Stream<Path> found = Files.list(tables)) {
            for (Path table : found.toList()) {
                Path log = table.resolve("_delta_log");
                if (Files.isDirectory(log)) {
                    try (Stream<Path> files = Files.list(log)) {
                        commits += files.filter(file -> file.toString().endsWith(".json"))
                                .count();
                    }
                }
            }
        }
        return commits;
    }

    private Dataset<Row> table(Path lake, String name) {
        return spark.read()
                .format("delta")
                .load(lake.resolve("acme/tables/" + name).toString());
    }

    /** All rows as text, in order, without the id of the run that happened to write them. */
    private List<String> rows(Path lake, String name) {
        return table(lake, name).drop(ExchangeTable.RUN_ID).toJSON().collectAsList().stream()
                .sorted()
                .toList();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
