package io.sluice.endpoint;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How words are used all over one host: as fixed parts, as parameter values, and what follows a fixed part. */
final class Usage {
    private final Map<String, Integer> fixed = new HashMap<>();
    private final Map<String, Integer> valueIn = new HashMap<>();
    private final Map<String, Integer> followedByNames = new HashMap<>();

    /** First impression: what follows or precedes an identifier, or leads a path, is a fixed part. */
    static Usage of(PathNode root) {
        Usage usage = new Usage();
        root.children().keySet().forEach(usage::fix);
        usage.look(root, false);
        return usage;
    }

    private void look(PathNode node, boolean afterIdentifier) {
        node.children().forEach((value, child) -> {
            boolean beforeIdentifier = child.children().containsKey(PathNode.IDENTIFIER);
            if (afterIdentifier || beforeIdentifier) {
                fix(value);
            }
            look(child, value.equals(PathNode.IDENTIFIER));
        });
    }

    private void fix(String value) {
        if (SegmentShape.of(value) == SegmentShape.WORD) {
            fixed.merge(value, 1, Integer::sum);
        }
    }

    /** Takes in what was decided at one position. */
    void learn(Position position, Set<String> names, Set<String> literals) {
        literals.stream()
                .filter(literal -> ResourceWord.isPlural(literal) || fixes(position, literals))
                .forEach(this::fix);
        if (position.before() == Position.Before.COLLECTION || position.before() == Position.Before.WORD) {
            followedByNames.merge(position.word(), names.isEmpty() ? -Math.min(1, literals.size()) : 2, Integer::sum);
        }
        names.forEach(name -> valueIn.merge(name, 1, Integer::sum));
    }

    /** A word below a collection, or the only one after a word, may be a name all the same. */
    private static boolean fixes(Position position, Set<String> literals) {
        return switch (position.before()) {
            case COLLECTION -> false;
            case PARAMETER -> true;
            default -> literals.size() > 1;
        };
    }

    boolean isFixed(String value) {
        return fixed.getOrDefault(value, 0) > valueIn.getOrDefault(value, 0);
    }

    boolean isValue(String value) {
        return valueIn.getOrDefault(value, 0) > fixed.getOrDefault(value, 0);
    }

    boolean takesNames(String word) {
        return followedByNames.getOrDefault(word, 0) > 0;
    }

    /** Fixed parts that come directly below any of the nodes. */
    Set<String> fixedBelow(List<PathNode> nodes) {
        Set<String> below = new HashSet<>();
        for (PathNode node : nodes) {
            node.children().keySet().stream().filter(this::isFixed).forEach(below::add);
        }
        return below;
    }
}
