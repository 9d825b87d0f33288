package io.sluice.scenario;

import io.sluice.scenario.PlayedStep.Outcome;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts how the steps of a replay ended. */
public final class ReplayTally {
    /** Steps of one name that ended the same way against expectation. */
    public record Miss(String step, Outcome outcome, int status, List<Integer> expected, List<String> missing) {}

    /** How often a miss happened. */
    public record CountedMiss(Miss miss, long count) {}

    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Miss, Long> misses = new LinkedHashMap<>();

    public void add(PlayedStep step) {
        outcomes.merge(step.outcome(), 1L, Long::sum);
        if (!step.asExpected()) {
            misses.merge(
                    new Miss(step.name(), step.outcome(), step.status(), step.expected(), step.missing()),
                    1L,
                    Long::sum);
        }
    }

    public long steps() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    public long asExpected() {
        return outcomes.getOrDefault(Outcome.EXPECTED, 0L);
    }

    /** Share of steps that got an expected status, 0 to 1; 0 where no step was played. */
    public double share() {
        return steps() == 0 ? 0 : (double) asExpected() / steps();
    }

    /** Counts by outcome; an outcome that did not occur is not listed. */
    public Map<Outcome, Long> outcomes() {
        return Map.copyOf(outcomes);
    }

    /** What went wrong most often, at most {@code limit} kinds of it. */
    public List<CountedMiss> worst(int limit) {
        return misses.entrySet().stream()
                .map(entry -> new CountedMiss(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(CountedMiss::count).reversed())
                .limit(limit)
                .toList();
    }
}
