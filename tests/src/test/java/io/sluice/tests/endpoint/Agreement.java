package io.sluice.tests.endpoint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How one grouping of items agrees with the true one.
 *
 * @param items number of items
 * @param exact items whose group is exactly their true group
 * @param precision share of the pairs put together that belong together
 * @param recall share of the pairs that belong together that were put together
 */
record Agreement(int items, int exact, double precision, double recall) {

    /** One item with the names of its true and its found group. */
    record Item(String name, String truth, String found) {}

    static Agreement of(List<Item> items) {
        Map<String, Set<String>> truth = new HashMap<>();
        Map<String, Set<String>> found = new HashMap<>();
        Map<String, Set<String>> both = new HashMap<>();
        for (Item item : items) {
            truth.computeIfAbsent(item.truth(), any -> new HashSet<>()).add(item.name());
            found.computeIfAbsent(item.found(), any -> new HashSet<>()).add(item.name());
            both.computeIfAbsent(item.truth() + "\n" + item.found(), any -> new HashSet<>())
                    .add(item.name());
        }
        long exact = items.stream()
                .filter(item -> truth.getOrDefault(item.truth(), Set.of()).equals(found.get(item.found())))
                .count();
        double together = pairs(both);
        return new Agreement(items.size(), (int) exact, together / pairs(found), together / pairs(truth));
    }

    double share() {
        return (double) exact / items;
    }

    @Override
    public String toString() {
        double f1 = 2 * precision * recall / (precision + recall);
        return String.format(
                Locale.ROOT,
                "%d of %d (%.1f %%) grouped as the truth groups them; of pairs precision %.3f recall %.3f F1 %.3f",
                exact,
                items,
                100 * share(),
                precision,
                recall,
                f1);
    }

    private static double pairs(Map<String, Set<String>> groups) {
        return groups.values().stream()
                .mapToDouble(group -> group.size() * (group.size() - 1) / 2.0)
                .sum();
    }
}
