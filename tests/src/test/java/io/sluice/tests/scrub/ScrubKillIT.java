package io.sluice.tests.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.tests.ChildRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a scrub at random moments and starts it again; {@code -Dtests.kills=30} sets how often, {@code -Dtests.seed=1}
 * when.
 */
@Tag("long")
final class ScrubKillIT {
    private static final int KILLS = Integer.getInteger("tests.kills", 4);
    private static final long SEED = Long.getLong("tests.seed", 20_260_302);
    private static final int LEAST_MILLIS = 8_000;
    private static final int MOST_MILLIS = 50_000;

    @TempDir
    private Path folder;

    @Test
    void whateverItWasDoingTheNextRunFinishesIt() throws Exception {
        Library library = Library.recorded(folder);
        library.importAndIngest("prepared");
        library.run(0, "prepared", "learn");
        Map<String, Map<String, String>> expected = new TreeMap<>();
        for (String action : List.of("erase", "redact")) {
            library.copy("prepared", action);
            library.run(0, action, "scrub", "--request", request(library, "purge", action));
            expected.put(action, library.tables(action));
        }

        Random random = new Random(SEED);
        int killed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            String lake = "killed" + kill;
            library.copy("prepared", lake);
            String action = kill % 3 == 2 ? "redact" : "erase";
            String request = request(library, kill % 2 == 0 ? "purge" : "preserve", action);
            killed += killed(library.line(lake, "scrub", "--request", request), random) ? 1 : 0;

            String state = library.run(0, lake, "scrub", "--request", request)
                    .at("/result/state")
                    .asText();
            assertThat(state).as("kill %d of seed %d", kill, SEED).isEqualTo("DONE");
            assertThat(library.subjectIn(lake).in(library.root(lake))).isEmpty();
            assertThat(library.tables(lake))
                    .as("kill %d of seed %d", kill, SEED)
                    .isEqualTo(expected.get(action));
        }
        assertThat(killed).as("runs that were killed before they were done").isGreaterThan(KILLS / 2);
    }

    private static String request(Library library, String history, String action) throws IOException {
        return library.with(library.request("r", history, Library.subject()), "action", action);
    }

    private boolean killed(List<String> line, Random random) throws IOException, InterruptedException {
        Process run = ChildRun.start(folder.resolve("killed.log"), line);
        try {
            return !run.waitFor(LEAST_MILLIS + random.nextInt(MOST_MILLIS - LEAST_MILLIS), TimeUnit.MILLISECONDS);
        } finally {
            run.destroyForcibly().waitFor();
        }
    }
}
