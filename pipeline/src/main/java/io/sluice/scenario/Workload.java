package io.sluice.scenario;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mix of scenarios. */
public record Workload(List<Scenario> scenarios) {
    public Workload {
        scenarios = List.copyOf(scenarios);
    }

    /** How many sessions of each scenario, in their order, make {@code total}: by weight, but each at least once. */
    public List<Integer> sessions(int total) {
        double weights = scenarios.stream().mapToDouble(Scenario::weight).sum();
        List<Integer> counts = new ArrayList<>();
        List<Double> owed = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            double exact = weights > 0 ? total * scenario.weight() / weights : (double) total / scenarios.size();
            counts.add(Math.max(1, (int) exact));
            owed.add(exact - (int) exact);
        }
        List<Integer> byRemainder = new ArrayList<>();
        for (int i = 0; i < counts.size(); i++) {
            byRemainder.add(i);
        }
        byRemainder.sort(Comparator.comparing(owed::get, Comparator.reverseOrder()));
        int left = total - counts.stream().mapToInt(Integer::intValue).sum();
        for (int i = 0; i < left && i < byRemainder.size(); i++) {
            counts.set(byRemainder.get(i), counts.get(byRemainder.get(i)) + 1);
        }
        return counts;
    }
}
