package io.sluice.tests.session;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.endpoint.EndpointTransform;
import io.sluice.jobs.Console;
import io.sluice.jobs.JobsMain;
import io.sluice.lake.SessionSettings;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import io.sluice.session.ActorTransform;
import io.sluice.session.SessionTransform;
import io.sluice.tests.Corpus;
import io.sluice.tests.Figures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints, actors and sessions of a recording of about a thousand load actors, imported and ingested as users do. */
class RecordedSessionsIT {
    private static final String NAME = "speedscale-sessions";
    private static final Pattern METADATA = Pattern.compile("(?m)^uuid: (\\S+)\n^ts: (\\S+)");

    @TempDir
    private Path folder;

    @Test
    void tellsTheLoadActorsApartAndOrdersTheirSessions() throws IOException {
        Path capture = Corpus.unpack(NAME, folder.resolve("capture"));
        String lake = folder.resolve("lake").toString();
        run("import", "--tenant", "recorded", "--lake", lake, capture.toString());
        run("ingest", "--tenant", "recorded", "--lake", lake);
        Dataset<Row> exchanges =
                SessionSettings.open("tests").read().format("delta").load(lake + "/recorded/tables/exchange");

        Dataset<Row> templates = EndpointTransform.templates(exchanges);
        List<Row> endpoints = templates
                .select(EndpointTable.METHOD, EndpointTable.TEMPLATE)
                .distinct()
                .collectAsList();
        Dataset<Row> actors = ActorTransform.of(exchanges, UnaryOperator.identity());
        Dataset<Row> ordered = SessionTransform.ordered(
                exchanges, actors, EndpointTransform.assign(exchanges, templates), SessionTransform.GAP);
        Map<String, Long> actorsByKind = SessionTransform.sessions(ordered)
                .select(SessionTable.ACTOR, SessionTable.ACTOR_KIND)
                .distinct()
                .groupBy(col(SessionTable.ACTOR_KIND))
                .count()
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));

        Figures.record(NAME + ": endpoints", "11", String.valueOf(endpoints.size()));
        Figures.record(NAME + ": actors by evidence", "990 of 991 load actors", actorsByKind.toString());
        assertThat(endpoints).hasSize(11);
        assertThat(actorsByKind.get("jwt")).isGreaterThanOrEqualTo(990);
        assertThat(ordered.count()).isEqualTo(exchanges.count());
        assertThat(stepsBefore(ordered.join(exchanges, ExchangeTable.EXCHANGE_ID), captureTimes(capture)))
                .as("steps that were captured before the step ahead of them")
                .isZero();
    }

    /** How many steps the capture itself says to be earlier than the step ahead of them in their session. */
    private static long stepsBefore(Dataset<Row> steps, Map<String, Instant> captureTimes) {
        List<Row> rows = steps.select(SessionStepTable.SESSION_ID, ExchangeTable.CAPTURE_ID)
                .orderBy(SessionStepTable.SESSION_ID, SessionStepTable.STEP_INDEX)
                .collectAsList();
        long before = 0;
        for (int i = 1; i < rows.size(); i++) {
            Instant ahead = captureTimes.getOrDefault(rows.get(i - 1).getString(1), Instant.MAX);
            Instant now = captureTimes.getOrDefault(rows.get(i).getString(1), Instant.MIN);
            boolean sameSession =
                    rows.get(i).getString(0).equals(rows.get(i - 1).getString(0));
            before += sameSession && now.isBefore(ahead) ? 1 : 0;
        }
        return before;
    }

    /** The {@code ts} of each capture by its {@code uuid}, read off the lines of its metadata. */
    private static Map<String, Instant> captureTimes(Path folder) throws IOException {
        Map<String, Instant> times = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".md")).toList()) {
                Matcher found = METADATA.matcher(Files.readString(file));
                while (found.find()) {
                    times.put(found.group(1), Instant.parse(found.group(2)));
                }
            }
        }
        return times;
    }

    private static void run(String... arguments) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(answer, true, StandardCharsets.UTF_8), System.err);
        int code = JobsMain.run(console, arguments);
        assertThat(code).as("%s", arguments[0]).isIn(0, 4);
    }
}
