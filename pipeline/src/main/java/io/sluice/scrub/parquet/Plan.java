package io.sluice.scrub.parquet;

import java.util.List;
import java.util.Optional;

/** What is done to the rows that are blanked; columns that a file lacks, as one from before they were added, are none. */
public record Plan(List<ColumnAction> actions) {
    public Plan {
        actions = List.copyOf(actions);
        for (int i = 0; i < actions.size(); i++) {
            for (int j = 0; j < actions.size(); j++) {
                if (i != j && isUnder(actions.get(i).path(), actions.get(j).path())) {
                    throw new IllegalArgumentException("two actions for column "
                            + String.join(".", actions.get(i).path()));
                }
            }
        }
    }

    public static Plan of(ColumnAction... actions) {
        return new Plan(List.of(actions));
    }

    /** Whether an action names {@code leaf} or a group that it is in. */
    boolean reaches(List<String> leaf) {
        return action(leaf).isPresent();
    }

    /** The one action that names {@code leaf} or a group that it is in, if any does. */
    Optional<ColumnAction> action(List<String> leaf) {
        return actions.stream().filter(action -> isUnder(leaf, action.path())).findFirst();
    }

    private static boolean isUnder(List<String> path, List<String> node) {
        return path.size() >= node.size() && path.subList(0, node.size()).equals(node);
    }
}
