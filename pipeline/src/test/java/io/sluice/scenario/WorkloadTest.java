package io.sluice.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.scenario.Scenario.Expectation;
import io.sluice.scenario.Scenario.Request;
import io.sluice.scenario.Scenario.Step;
import io.sluice.scenario.Scenario.Target;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadTest {
    @Test
    void sharesSessionsByWeightWithoutLosingOne() {
        assertThat(weights(0.5, 0.25, 0.25).sessions(10)).containsExactly(5, 3, 2);
        assertThat(weights(0.34, 0.33, 0.33).sessions(100)).containsExactly(34, 33, 33);
    }

    @Test
    void playsEvenTheRarestScenarioOnce() {
        assertThat(weights(0.999, 0.001).sessions(10)).containsExactly(9, 1);
        assertThat(weights(0, 0).sessions(3)).containsExactly(2, 1);
    }

    private static Workload weights(double... weights) {
        return new Workload(
                Arrays.stream(weights).mapToObj(WorkloadTest::scenario).toList());
    }

    private static Scenario scenario(double weight) {
        Step step = new Step(
                0,
                "e",
                "step",
                List.of(),
                new Request("GET", Template.text("/"), List.of(), List.of(), null),
                List.of(),
                new Expectation(List.of(200)),
                List.of());
        Target target = new Target("shop", "http", "shop.example", null);
        return new Scenario("s", "by hand", "m", "hand", "1", weight, 1, 1, 0, target, List.of(), List.of(step));
    }
}
