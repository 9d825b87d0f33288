package io.sluice.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Plays scenarios against a live system: each session makes its own values, takes ids and tokens out of the responses,
 * and compares each status with what is expected.
 */
public final class ScenarioPlayer {
    /**
     * Where and how fast to play.
     *
     * @param base what paths are appended to
     * @param thinkScale factor on think times; 0: none
     * @param patience longest wait for one response
     */
    public record Settings(URI base, double thinkScale, Duration patience) {
        public Settings {
            if (thinkScale < 0 || patience.isNegative() || patience.isZero()) {
                throw new IllegalArgumentException("a think scale from 0 and a positive patience are needed");
            }
        }

        /** As fast as the system answers. */
        public static Settings hurried(URI base) {
            return new Settings(base, 0, Duration.ofSeconds(10));
        }
    }

    private final Settings settings;
    private final Wire wire;

    public ScenarioPlayer(Settings settings) {
        this.settings = settings;
        this.wire = new Wire(settings.base(), settings.patience());
    }

    /** Plays one session of {@code scenario}; another {@code seed} draws and makes other values. */
    public List<PlayedStep> play(Scenario scenario, long seed) throws InterruptedException {
        PlayedSession session = new PlayedSession(wire, scenario, new SplittableRandom(seed));
        List<PlayedStep> played = new ArrayList<>();
        for (Scenario.Step step : scenario.steps()) {
            Thread.sleep(Math.round(session.thinkTimeMs(step) * settings.thinkScale()));
            played.add(session.play(step));
        }
        return played;
    }
}
