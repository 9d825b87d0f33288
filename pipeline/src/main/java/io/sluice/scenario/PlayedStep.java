package io.sluice.scenario;

import java.util.List;

/**
 * What became of one step of a replay.
 *
 * @param status status of the response, 0 where there was none
 * @param missing the variables that had no value, so that nothing was sent
 */
public record PlayedStep(
        int index, String name, Outcome outcome, int status, List<Integer> expected, List<String> missing) {
    /** How a step can end. */
    public enum Outcome {
        /** The response had an expected status. */
        EXPECTED,
        /** The response had another status. */
        UNEXPECTED,
        /** An earlier response did not hold what this step needs, so it was not sent. */
        VALUE_MISSING,
        /** There was no response in time, or the request could not be sent at all. */
        NO_RESPONSE
    }

    public PlayedStep {
        expected = List.copyOf(expected);
        missing = List.copyOf(missing);
    }

    static PlayedStep answered(int index, String name, int status, List<Integer> expected) {
        Outcome outcome = expected.contains(status) ? Outcome.EXPECTED : Outcome.UNEXPECTED;
        return new PlayedStep(index, name, outcome, status, expected, List.of());
    }

    static PlayedStep unanswered(int index, String name, List<Integer> expected) {
        return new PlayedStep(index, name, Outcome.NO_RESPONSE, 0, expected, List.of());
    }

    static PlayedStep unsent(int index, String name, List<Integer> expected, List<String> missing) {
        return new PlayedStep(index, name, Outcome.VALUE_MISSING, 0, expected, missing);
    }

    /** Whether the live system did what was expected of it. */
    public boolean asExpected() {
        return outcome == Outcome.EXPECTED;
    }
}
