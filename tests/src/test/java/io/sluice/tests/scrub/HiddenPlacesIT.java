package io.sluice.tests.scrub;

import static io.sluice.tests.scrub.Library.READERS;
import static io.sluice.tests.scrub.Library.SUBJECT;
import static io.sluice.tests.scrub.Library.field;
import static io.sluice.tests.scrub.Library.literal;
import static io.sluice.tests.scrub.Library.regex;
import static io.sluice.tests.scrub.Library.subject;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.SessionSettings;
import io.sluice.tests.ChildRun;
import io.sluice.tests.SampleHar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.junit.jupiter.api.Test;
import scala.Option;

/** What is to go leaves places in which nobody looks, those too that come to be meanwhile, and Spark's own log never has it. */
final class HiddenPlacesIT extends LibraryCase {
    @Test
    void whatStandsOnlyInTheStatisticsOfAnOldCheckpointGoes() throws IOException {
        library.recordWithoutSubject();
        library.importAndIngest("lake");
        Path exchanges = library.root("lake").resolve("tables/exchange");
        leaveOnlyInACheckpoint(SessionSettings.open("tests"), exchanges);
        Residue residue = library.subjectIn("lake");
        assertThat(residue.in(library.root("lake"))).isNotEmpty().allMatch(place -> place.contains(".checkpoint."));
        String request = library.request("r1", "preserve", subject());
        assertThat(library.isAbsent(4, "lake", request)).isFalse();
        String others = library.tables("lake").get("exchange");

        JsonNode result = library.run(0, "lake", "scrub", "--request", request).path("result");

        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("tablesPurged").toString()).isEqualTo("[\"exchange\"]");
        assertThat(residue.in(library.root("lake"))).isEmpty();
        assertThat(library.tables("lake").get("exchange")).isEqualTo(others);
    }

    /** As an engine would that keeps statistics of every column: a row comes, is written into a checkpoint, and goes. */
    private static void leaveOnlyInACheckpoint(SparkSession spark, Path exchanges) throws IOException {
        String table = "delta.`" + exchanges + "`";
        spark.sql("ALTER TABLE " + table + " UNSET TBLPROPERTIES (delta.dataSkippingStatsColumns)");
        spark.table(table)
                .limit(1)
                .withColumn("route", lit(SUBJECT))
                .withColumn("exchange_id", lit("theirs"))
                .write()
                .format("delta")
                .mode("append")
                .save(exchanges.toString());
        DeltaLog log = DeltaLog.forTable(spark, exchanges.toString());
        Snapshot inserted = log.update(false, Option.empty(), Option.empty());
        log.checkpoint(inserted, Option.empty());
        spark.sql("DELETE FROM " + table + " WHERE exchange_id = 'theirs'");
        spark.sql("REORG TABLE " + table + " APPLY (PURGE)");
        spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
        spark.sql("VACUUM " + table + " RETAIN 0 HOURS");
        spark.conf().unset("spark.databricks.delta.retentionDurationCheck.enabled"); // other tests share the session
        try (Stream<Path> files = Files.list(exchanges.resolve("_delta_log"))) {
            for (Path file : files.toList()) {
                boolean isCommit = file.getFileName().toString().matches("[.]?[0-9]{20}[.](json|crc).*");
                if (isCommit && file.toString().contains("%020d".formatted(inserted.version()))) {
                    Files.delete(file);
                }
            }
        }
        DeltaLog.clearCache();
    }

    @Test
    void whatComesToBeWhileAScrubRunsIsFoundByTheNextPass() throws Exception {
        library.importAndIngest("lake");
        Path root = library.root("lake");
        Path exchanges = root.resolve("tables/exchange");
        Path old =
                exchanges.resolve(library.subjectIn("lake").in(exchanges).get(0).replaceFirst(" .*", ""));
        byte[] bytes = Files.readAllBytes(old);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                waitUntilBlanked(old, bytes);
                Files.write(old.resolveSibling("part-00000-copied-before.c000.snappy.parquet"), bytes);
                Files.writeString(
                        Files.createDirectories(root.resolve("exports")).resolve("late.js"),
                        "login('" + SUBJECT + "')");
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        JsonNode result = library.run(0, "lake", "scrub", "--request", library.request("r1", "preserve", subject()))
                .path("result");

        assertThat(writer).isCompleted();
        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("passes").asInt()).isBetween(2, 3);
        assertThat(library.subjectIn("lake").in(root)).isEmpty();
        assertThat(library.answer("lake", "SELECT count(*) FROM exchange")
                        .at("/0/0")
                        .asInt())
                .isEqualTo(READERS * 5 - 1);
    }

    /** Until the first pass is at files that it has listed before. */
    private static void waitUntilBlanked(Path file, byte[] before) throws IOException, InterruptedException {
        Instant latest = Instant.now().plus(Duration.ofMinutes(5));
        while (Arrays.equals(Files.readAllBytes(file), before)) {
            assertThat(Instant.now()).as("when it is blanked").isBefore(latest);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void whatIsSelectedStandsInNoLogOfSpark() throws Exception {
        SampleHar.write(library.recordings().resolve("more.har"), READERS, 2);
        library.importAndIngest("lake");
        library.run(0, "lake", "learn");
        String loan = library.loan("lake", 0);
        String other = library.loan("lake", 1);
        Path events = Files.createDirectories(folder.resolve("events"));
        Path messages = folder.resolve("scrub.log");
        String request = library.request(
                "r1",
                "preserve",
                subject(),
                literal(loan),
                regex(other.substring(0, 13) + "[0-9a-f-]+"),
                field("$.book", "112"));

        for (String action : List.of("redact", "erase")) {
            String asked = library.with(request, "action", action);
            library.copy("lake", action);
            Process run = ChildRun.start(
                    messages,
                    Map.of(
                            "JAVA_TOOL_OPTIONS",
                            "-Dspark.eventLog.enabled=true -Dspark.eventLog.compress=false -Dspark.eventLog.dir="
                                    + events.toUri()),
                    library.line(action, "scrub", "--request", asked));
            assertThat(run.waitFor(10, TimeUnit.MINUTES)).as("the scrub ends").isTrue();
            assertThat(run.exitValue()).as(Files.readString(messages)).isZero();
        }

        assertThat(new Residue("SparkListenerSQLExecutionStart").in(events)).hasSizeGreaterThanOrEqualTo(2);
        Residue residue = new Residue(SUBJECT, loan, other);
        assertThat(residue.in(events)).isEmpty();
        assertThat(Files.readString(messages)).doesNotContain(SUBJECT, loan, other);
    }
}
