package io.sluice.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.capture.CaptureIntake;
import io.sluice.capture.CaptureSink;
import io.sluice.capture.CaptureSource;
import io.sluice.capture.CapturedExchange;
import io.sluice.capture.Rejected;
import io.sluice.scenario.PlayedStep;
import io.sluice.scenario.ReplayTally;
import io.sluice.scenario.Scenario;
import io.sluice.scenario.ScenarioDocument;
import io.sluice.scenario.ScenarioPlayer;
import io.sluice.scenario.VerbatimPlayer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    @Test
    void aScenarioPlaysAgainstEveryFreshStart() throws Exception {
        Scenario scenario = scenario("buyer.scenario.json");
        for (long start = 1; start <= 3; start++) {
            try (Site site = Site.start(start)) {
                ScenarioPlayer player = new ScenarioPlayer(ScenarioPlayer.Settings.hurried(site.shop()));
                for (long session = 0; session < 5; session++) {
                    assertThat(player.play(scenario, session)).allMatch(PlayedStep::asExpected);
                }
            }
        }
    }

    @Test
    void aScenarioWithoutItsDependencyFailsThereAndAfter() throws Exception {
        Scenario whole = scenario("buyer.scenario.json");
        List<Scenario.Step> steps = new ArrayList<>(whole.steps());
        steps.removeIf(step -> step.name().equals("log in"));
        Scenario without = new Scenario(
                whole.id(),
                whole.name(),
                whole.modelId(),
                whole.algorithm(),
                whole.algorithmVersion(),
                whole.weight(),
                whole.arrivalsPerMinute(),
                whole.k(),
                whole.sourceVersion(),
                whole.target(),
                whole.variables(),
                steps);
        try (Site site = Site.start(4)) {
            ScenarioPlayer player = new ScenarioPlayer(ScenarioPlayer.Settings.hurried(site.shop()));
            assertThat(player.play(without, 1))
                    .filteredOn(step -> !step.asExpected())
                    .extracting(PlayedStep::missing)
                    .hasSize(4)
                    .allSatisfy(missing -> assertThat(missing).contains("token"));
        }
    }

    @Test
    void whatTheRecorderWritesIsReadToTheLastEntryAndWorksOnlyOnceWordForWord(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("traffic.har");
        long entries;
        try (HarFile har = HarFile.create(file);
                Site site = Site.recorded(5, har)) {
            new Crowd(30, 15, Duration.ofMillis(2), Duration.ofSeconds(60), 5).visit(site.shop());
            entries = har.entries();
        }
        Counting counting = new Counting();
        read(file, counting);
        assertThat(counting.rejects).isZero();
        assertThat(counting.exchanges).isEqualTo(entries);

        ReplayTally same = new ReplayTally();
        ReplayTally other = new ReplayTally();
        try (Site again = Site.start(5);
                Site fresh = Site.start(6)) {
            read(file, new VerbatimPlayer(ScenarioPlayer.Settings.hurried(again.shop()), same));
            read(file, new VerbatimPlayer(ScenarioPlayer.Settings.hurried(fresh.shop()), other));
        }
        assertThat(same.steps()).isEqualTo(other.steps()).isLessThan(entries);
        assertThat(other.share()).isBetween(0.2, 0.6);
        assertThat(same.share()).isGreaterThan(other.share());
    }

    private static void read(Path file, CaptureSink sink) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            new CaptureIntake(null).read(in, new CaptureSource("traffic.har"), true, sink);
        }
    }

    private static Scenario scenario(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ReplayTest.class.getResourceAsStream(name), name)) {
            return ScenarioDocument.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static final class Counting implements CaptureSink {
        private long exchanges;
        private long rejects;

        @Override
        public void exchange(CapturedExchange exchange) {
            exchanges++;
        }

        @Override
        public void reject(Rejected rejected) {
            rejects++;
        }
    }
}
