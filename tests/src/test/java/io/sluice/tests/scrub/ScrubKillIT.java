package io.sluice.tests.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.tests.ChildRun;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Kills a scrub at random moments, some twice, and starts it again; {@code -Dtests.kills=30} sets how often,
 * {@code -Dtests.seed=1} after which shares of the time that a scrub takes.
 */
@Tag("long")
final class ScrubKillIT extends LibraryCase {
    private static final int KILLS = Integer.getInteger("tests.kills", 4);
    private static final long SEED = Long.getLong("tests.seed", 20_260_302);
    private static final List<String> OF_EXCHANGES = List.of("exchange", "identifier", "session_step");

    private final Random random = new Random(SEED);
    private final Map<String, Long> wholeMillis = new TreeMap<>();

    @Test
    void whateverItWasDoingTheNextRunFinishesIt() throws Exception {
        library.importAndIngest("prepared");
        library.run(0, "prepared", "learn");
        String subjects = library.exchange("prepared");
        Map<String, Map<String, String>> expected = new TreeMap<>();
        for (String action : List.of("erase", "redact")) {
            expected.put(action, undisturbed(action));
        }

        int kills = 0;
        int killed = 0;
        for (int lakes = 0; kills < KILLS; lakes++) {
            String lake = "killed" + lakes;
            library.copy("prepared", lake);
            String action = lakes % 3 == 2 ? "redact" : "erase";
            String history = lakes % 2 == 0 ? "purge" : "preserve";
            String request = request(history, action);
            List<Long> afterMillis = new ArrayList<>();
            boolean isUnfinished = true;
            for (int times = 1 + random.nextInt(2); isUnfinished && times > 0 && kills < KILLS; times--, kills++) {
                long moment = moment(action);
                afterMillis.add(moment);
                isUnfinished = isKilled(lake, request, action, moment);
                killed += isUnfinished ? 1 : 0;
            }

            String which =
                    "%s of seed %d, %s, %s, killed after %s ms".formatted(lake, SEED, history, action, afterMillis);
            String state = library.run(0, lake, "scrub", "--request", request)
                    .at("/result/state")
                    .asText();
            assertThat(state).as(which).isEqualTo("DONE");
            assertThat(library.subjectIn(lake).in(library.root(lake))).as(which).isEmpty();
            assertThat(library.tables(lake)).as(which).isEqualTo(expected.get(action));
            if (history.equals("preserve") && action.equals("erase")) {
                for (String table : OF_EXCHANGES) {
                    assertThat(library.others(lake, table, subjects))
                            .as(which + ", earlier rows of others in " + table)
                            .isEqualTo(library.others("prepared", table, subjects));
                }
            }
        }
        assertThat(killed).as("runs that were killed before they were done").isGreaterThanOrEqualTo(KILLS / 2);
    }

    /** What a scrub that nobody kills leaves, in a process of its own, which shows how long it takes. */
    private Map<String, String> undisturbed(String action) throws Exception {
        library.copy("prepared", action);
        long begun = System.nanoTime();
        int exitCode = start(action, request("purge", action)).waitFor();
        tookWhole(action, begun);
        assertThat(exitCode).isZero();
        return library.tables(action);
    }

    /** At any moment of such a run but the first fifth of it, in which it gets ready. */
    private long moment(String action) {
        long whole = Objects.requireNonNull(wholeMillis.get(action));
        return (long) (whole * (.2 + .8 * random.nextDouble()));
    }

    private boolean isKilled(String lake, String request, String action, long afterMillis) throws Exception {
        long begun = System.nanoTime();
        Process run = start(lake, request);
        boolean isKilled = ChildRun.killed(run, afterMillis);
        if (!isKilled) {
            assertThat(run.exitValue())
                    .as("exit code of a run that was not killed")
                    .isZero();
            tookWhole(action, begun);
        }
        return isKilled;
    }

    /** The shortest that was seen: a machine that is busy at first would have all others end unharmed. */
    private void tookWhole(String action, long begunNanos) {
        wholeMillis.merge(action, (System.nanoTime() - begunNanos) / 1_000_000, Math::min);
    }

    private Process start(String lake, String request) throws IOException {
        return ChildRun.start(folder.resolve("killed.log"), library.line(lake, "scrub", "--request", request));
    }

    private String request(String history, String action) throws IOException {
        return library.with(library.request("r", history, Library.subject()), "action", action);
    }
}
