package io.sluice.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.jobs.demo.Crowd;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a showing came to: a document for programs, six lines for people. */
record DemoSummary(
        Crowd.Attendance attendance,
        Forgotten forgotten,
        Lake lake,
        Replay generated,
        Replay verbatim,
        Files files,
        long seconds) {
    /** A visitor who was taken out of the lake, how the version before shows it, and the proof. */
    record Forgotten(
            long exchanges, long placesLeft, long version, long rowsBefore, long blankBefore, Path certificate) {
        static final String QUERY = "SELECT count(*), count_if(policy_version = 'erased') FROM exchange";

        static Forgotten of(JsonNode scrubbed, long version, JsonNode versionBefore, Path certificate) {
            return new Forgotten(
                    scrubbed.path("exchangesErased").asLong(),
                    scrubbed.path("hitsLeft").asLong(),
                    version,
                    versionBefore.at("/0/0").asLong(),
                    versionBefore.at("/0/1").asLong(),
                    certificate);
        }
    }

    /** Rows in the lake's tables. */
    record Lake(long exchanges, long endpoints, long sessions, long models, long dependencies, long scenarios) {
        static final String QUERY = "SELECT (SELECT count(*) FROM exchange), (SELECT count(*) FROM endpoint),"
                + " (SELECT count(*) FROM session), (SELECT count(*) FROM behavior_model),"
                + " (SELECT count(*) FROM dependency), (SELECT count(*) FROM scenario)";

        static Lake of(JsonNode answer) {
            JsonNode row = answer.path(0);
            return new Lake(
                    row.path(0).asLong(),
                    row.path(1).asLong(),
                    row.path(2).asLong(),
                    row.path(3).asLong(),
                    row.path(4).asLong(),
                    row.path(5).asLong());
        }
    }

    /** How many steps of a replay got the expected status. */
    record Replay(long steps, long asExpected, double share) {
        static Replay of(JsonNode ending) {
            return new Replay(
                    ending.path("steps").asLong(),
                    ending.path("asExpected").asLong(),
                    ending.path("share").asDouble());
        }
    }

    /** What to open. */
    record Files(Path capture, Path lake, Path scenarios, Path loadTest, Path report) {}

    /** Six lines: what happened, and where to look. */
    List<String> lines() {
        return List.of(
                line(
                        "Recorded   %,d visitors of %d kinds and their %,d requests: %s",
                        visitors(), attendance.visitors().size(), attendance.requests(), files.capture()),
                line(
                        "Ingested   %,d exchanges, personal data and secrets replaced before the first write: %s",
                        lake.exchanges(), files.lake()),
                line(
                        "Forgot     one buyer who asked for it: %,d exchanges gone, and %,d of the %,d rows of version %d"
                                + " blank; %,d places left: %s",
                        forgotten.exchanges(),
                        forgotten.blankBefore(),
                        forgotten.rowsBefore(),
                        forgotten.version(),
                        forgotten.placesLeft(),
                        forgotten.certificate().resolveSibling(page(forgotten.certificate()))),
                line(
                        "Learned    %,d endpoints, %,d sessions, %,d kinds of behavior, %,d dependencies, %,d scenarios: %s"
                                + " and for k6 and JMeter: %s",
                        lake.endpoints(),
                        lake.sessions(),
                        lake.models(),
                        lake.dependencies(),
                        lake.scenarios(),
                        files.scenarios(),
                        files.loadTest()),
                line(
                        "Replayed   against a new bookshop, %.1f %% of %,d steps got the expected status; word for word"
                                + " %.1f %%",
                        100 * generated.share(), generated.steps(), 100 * verbatim.share()),
                line("Open       %s (all of it took %d s)", files.report().toUri(), seconds));
    }

    private static String page(Path certificate) {
        return certificate.getFileName().toString().replace(".json", ".html");
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    private int visitors() {
        return attendance.visitors().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }
}
