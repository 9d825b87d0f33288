package io.sluice.jobs;

import io.sluice.capture.CaptureIntake;
import io.sluice.capture.CaptureSource;
import io.sluice.lake.TenantTables;
import io.sluice.scenario.PlayedStep;
import io.sluice.scenario.ReplayTally;
import io.sluice.scenario.ScenarioPlayer;
import io.sluice.scenario.ScenarioPlayer.Settings;
import io.sluice.scenario.VerbatimPlayer;
import io.sluice.scenario.Workload;
import io.sluice.schemas.FidelityTable;
import io.sluice.schemas.TableSpec;
import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays exported scenarios against a live system and measures how many steps get the expected status. */
@Command(
        name = "replay",
        description = "Plays exported scenarios against a live system and measures how many steps get the expected"
                + " status.")
public final class ReplayJob implements Job<ReplayJob.Plan, ReplayJob.Result> {
    private static final int MISSES_SHOWN = 20;
    private static final int MOST_SESSIONS = 100_000;

    @Option(
            names = "--scenarios",
            required = true,
            paramLabel = "DIR",
            description = "Folder with exported scenarios (export --format scenario)")
    private Path folder = Path.of("");

    @Option(names = "--target", required = true, paramLabel = "URL", description = "Live system to play against")
    private URI target = URI.create("");

    @Option(
            names = "--sessions",
            defaultValue = "100",
            paramLabel = "NUMBER",
            description = "How many sessions, shared by weight, each scenario at least once (default: 100)")
    private int sessions;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "NUMBER",
            description = "Decides which values are drawn and made (default: 1)")
    private long seed;

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "Capture that is replayed word for word, to compare with; the figures go to table fidelity")
    private @Nullable Path capture;

    @Option(
            names = "--capture-target",
            paramLabel = "URL",
            description = "Live system for the capture, as fresh as the other one")
    private @Nullable URI captureTarget;

    /** How many sessions of how many scenarios, and whether a capture is replayed beside them. */
    record Plan(int scenarios, int sessions, URI target, boolean verbatim) {}

    /** How the steps of one replay ended. */
    record Ending(
            long steps,
            long asExpected,
            double share,
            Map<PlayedStep.Outcome, Long> outcomes,
            List<ReplayTally.CountedMiss> worst) {
        static Ending of(ReplayTally tally) {
            return new Ending(
                    tally.steps(), tally.asExpected(), tally.share(), tally.outcomes(), tally.worst(MISSES_SHOWN));
        }
    }

    /** What was played and how it ended; {@code verbatim} is null where no capture was replayed. */
    record Result(
            int scenarios,
            int sessions,
            Ending generated,
            @Nullable Ending verbatim) {}

    @Override
    public List<TableSpec> reads() {
        return List.of();
    }

    @Override
    public List<TableSpec> writes() {
        return List.of(FidelityTable.SPEC);
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        unless(Files.isDirectory(folder), "--scenarios must be a folder that is there", problems);
        unless(isHttp(target), "--target must be an http or https URL", problems);
        unless(sessions >= 1 && sessions <= MOST_SESSIONS, "--sessions takes 1 to " + MOST_SESSIONS, problems);
        unless((capture == null) == (captureTarget == null), "--capture and --capture-target go together", problems);
        unless(captureTarget == null || isHttp(captureTarget), "--capture-target must be a URL", problems);
        unless(capture == null || Files.isReadable(capture), "--capture must be a file that can be read", problems);
        return problems;
    }

    @Override
    public Plan plan(TenantTables tables) {
        Workload workload = new ExportedScenarios(folder).read();
        int planned =
                workload.sessions(sessions).stream().mapToInt(Integer::intValue).sum();
        return new Plan(workload.scenarios().size(), planned, target, capture != null);
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        try {
            ReplayTally generated = playScenarios();
            if (capture == null || captureTarget == null) {
                return new Result(plan.scenarios(), plan.sessions(), Ending.of(generated), null);
            }
            ReplayTally verbatim = playCapture(capture, captureTarget);
            compare(generated, verbatim, tables);
            return new Result(plan.scenarios(), plan.sessions(), Ending.of(generated), Ending.of(verbatim));
        } catch (InterruptedException | IOException e) {
            throw SluiceException.failed(
                            "Cannot finish the replay", e.getClass().getSimpleName(), "Run it again")
                    .causedBy(e);
        }
    }

    private ReplayTally playScenarios() throws InterruptedException {
        Workload workload = new ExportedScenarios(folder).read();
        List<Integer> counts = workload.sessions(sessions);
        ScenarioPlayer player = new ScenarioPlayer(Settings.hurried(target));
        ReplayTally tally = new ReplayTally();
        long session = seed * MOST_SESSIONS;
        for (int i = 0; i < counts.size(); i++) {
            for (int n = 0; n < counts.get(i); n++) {
                player.play(workload.scenarios().get(i), session++).forEach(tally::add);
            }
        }
        return tally;
    }

    private static ReplayTally playCapture(Path file, URI target) throws IOException {
        ReplayTally tally = new ReplayTally();
        try (InputStream in = Files.newInputStream(file)) {
            CaptureSource source = new CaptureSource(String.valueOf(file.getFileName()));
            new CaptureIntake(null).read(in, source, true, new VerbatimPlayer(Settings.hurried(target), tally));
        }
        return tally;
    }

    private static void compare(ReplayTally generated, ReplayTally verbatim, TenantTables tables) {
        tables.append(
                FidelityTable.SPEC,
                tables.rows(
                        FidelityTable.SPEC,
                        List.of(RowFactory.create(
                                null,
                                "replay_expected_status_share",
                                "higher",
                                generated.share(),
                                "verbatim",
                                verbatim.share(),
                                generated.steps(),
                                tables.runId()))));
    }

    private static void unless(boolean fine, String problem, List<String> problems) {
        if (!fine) {
            problems.add(problem);
        }
    }

    private static boolean isHttp(URI uri) {
        return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
    }
}
