package io.sluice.tests.scrub;

import static io.sluice.tests.scrub.Library.READERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.tests.ChildRun;
import io.sluice.tests.SampleHar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other runs of the tenant begin before and while a scrub runs; {@code -Dtests.seed=1} sets when. */
@Tag("long")
final class ScrubBesideOthersIT {
    private static final long SEED = Long.getLong("tests.seed", 20_261_127);
    private static final int MOST_APART_MILLIS = 12_000;
    private static final int MOST_TRIES = 6;

    @TempDir
    private Path folder;

    @Test
    void whateverRunsBesideAScrubEndsWellOrIsToldToComeAgain() throws Exception {
        Library library = Library.recorded(folder);
        library.importAndIngest("lake");
        library.run(0, "lake", "learn");
        Path later = SampleHar.write(library.recordings().resolve("later.har"), READERS, 10);
        library.run(0, "lake", "import", later.toString());
        String request = library.request("r", "preserve", Library.subject());

        Map<List<String>, Process> runs = new LinkedHashMap<>();
        Random random = new Random(SEED);
        for (List<String> line : List.of(
                library.line(
                        "lake", "sql", "SELECT count(*) FROM exchange a CROSS JOIN exchange b CROSS JOIN exchange c"),
                library.line("lake", "ingest"),
                library.line("lake", "scrub", "--request", request),
                library.line("lake", "learn"))) {
            runs.put(line, ChildRun.start(folder.resolve("runs.log"), line));
            TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_APART_MILLIS));
        }
        int told = 0;
        for (int attempt = 1; !runs.isEmpty(); attempt++) {
            assertThat(attempt).as(said()).isLessThanOrEqualTo(MOST_TRIES);
            Map<List<String>, Process> again = new LinkedHashMap<>();
            for (Map.Entry<List<String>, Process> run : runs.entrySet()) {
                int exitCode = run.getValue().waitFor();
                assertThat(exitCode)
                        .as("%s of seed %d: %s", run.getKey(), SEED, said())
                        .isIn(0, 1);
                if (exitCode == 1) {
                    told++;
                    again.put(run.getKey(), ChildRun.start(folder.resolve("runs.log"), run.getKey()));
                }
            }
            runs = again;
        }
        assertThat(occurrences("Run the same command again"))
                .as("of %d runs that ended with exit code 1: %s", told, said())
                .isEqualTo(told);
        library.run(0, "lake", "learn");

        assertThat(library.subjectIn("lake").in(library.root("lake"))).isEmpty();
        library.run(0, "lake", "verify", "--request", request);
        assertThat(library.tables("lake")).isEqualTo(undisturbed(library));
    }

    private Map<String, String> undisturbed(Library library) throws IOException {
        library.recordWithoutSubject();
        Files.createDirectories(library.root("fresh").resolve("control"));
        Files.copy(
                library.root("lake").resolve("control/tenant.key"),
                library.root("fresh").resolve("control/tenant.key"));
        library.importAndIngest("fresh");
        library.run(0, "fresh", "learn");
        return library.tables("fresh");
    }

    private int occurrences(String words) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(folder.resolve("runs.log")));
        lines.removeIf(line -> !line.contains(words));
        return lines.size();
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("runs.log"));
    }
}
