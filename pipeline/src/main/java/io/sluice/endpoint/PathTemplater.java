package io.sluice.endpoint;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Learns from the paths of one host which segments are parameters. */
final class PathTemplater {
    /** Only segments before this one can be the version of the interface. */
    static final int VERSION_DEPTH = 3;

    private static final int PASSES = 3;
    private static final int MANY_VERSIONS = 4;

    private final PathNode root = new PathNode();

    /** Takes in one observation; the order does not matter. */
    void add(ObservedPath observed) {
        root.add(observed);
    }

    /** Decides every position, several times over, each time knowing how words were used the last time. */
    TemplateTree learn() {
        Usage usage = Usage.of(root);
        TemplateTree tree = new TemplateTree();
        for (int pass = 0; pass < PASSES; pass++) {
            Usage next = Usage.of(root);
            tree = new Decision(new NameScore(usage), usage, next).decide(Position.root(root));
            usage = next;
        }
        return tree;
    }

    /** One pass over the tree, from the root. */
    private record Decision(NameScore score, Usage usage, Usage next) {

        TemplateTree decide(Position position) {
            Map<String, List<PathNode>> literals = new TreeMap<>();
            Map<String, List<PathNode>> names = new TreeMap<>();
            Map<String, List<PathNode>> parameters = new TreeMap<>();
            position.values().forEach((value, nodes) -> {
                if (nodes.stream().anyMatch(PathNode::saidLiteral)) {
                    literals.put(value, nodes);
                } else if (nodes.stream().anyMatch(PathNode::saidParameter) || isIdentifier(position, value)) {
                    parameters.put(value, nodes);
                } else if (isLiteral(position, value)) {
                    literals.put(value, nodes);
                } else {
                    names.put(value, nodes);
                }
            });
            splitNames(position, names, literals, parameters);
            Set<String> accepted = new HashSet<>(parameters.keySet());
            accepted.retainAll(names.keySet());
            Set<String> refused = new HashSet<>(names.keySet());
            refused.removeAll(accepted);
            next.learn(position, accepted, refused);
            return descend(position, literals, parameters);
        }

        private void splitNames(
                Position position,
                Map<String, List<PathNode>> names,
                Map<String, List<PathNode>> literals,
                Map<String, List<PathNode>> parameters) {
            Map<String, List<PathNode>> free = new HashMap<>(names);
            free.entrySet().removeIf(name -> score.alone(name.getKey(), name.getValue()) <= NameScore.AGAINST);
            double odds = score.of(position, free);
            names.forEach((value, nodes) -> {
                boolean parameter = !free.isEmpty() && odds + score.alone(value, nodes) > 0;
                (parameter ? parameters : literals).put(value, nodes);
            });
        }

        private static boolean isIdentifier(Position position, String value) {
            if (value.equals(PathNode.IDENTIFIER) || value.equals(PathNode.OVERFLOW)) {
                return true;
            }
            SegmentShape shape = SegmentShape.of(value);
            boolean alike = position.nodes().stream().anyMatch(node -> node.hasIdentifiersLike(value));
            return alike || (shape.identifies() && !isVersion(position, value));
        }

        private static boolean isVersion(Position position, String value) {
            if (position.depth() >= VERSION_DEPTH || !SegmentShape.of(value).mayBeVersion(value)) {
                return false;
            }
            long versions = position.values().keySet().stream()
                    .filter(other -> SegmentShape.of(other).mayBeVersion(other))
                    .count();
            boolean leads =
                    position.values().getOrDefault(value, List.of()).stream().noneMatch(PathNode::isLeaf);
            boolean alone = !position.values().containsKey(PathNode.IDENTIFIER);
            return position.before() != Position.Before.COLLECTION && leads && alone && versions < MANY_VERSIONS;
        }

        private static boolean isLiteral(Position position, String value) {
            return value.isEmpty() || isVersion(position, value);
        }

        /** The name a route gave, else one from the fixed part before: {@code /categories/7} -> {@code category_id}. */
        private static String name(Position position, List<PathNode> nodes) {
            String noun = ResourceWord.singular(position.word());
            String ours = noun.isEmpty() ? "id" : noun.matches("\\d.*") ? "n" + noun + "_id" : noun + "_id";
            return nodes.stream()
                    .map(PathNode::parameterName)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(ours);
        }

        private TemplateTree descend(
                Position position, Map<String, List<PathNode>> literals, Map<String, List<PathNode>> parameters) {
            TemplateTree tree = new TemplateTree();
            literals.forEach((value, nodes) -> tree.literal(value, decide(position.after(value, nodes))));
            if (!parameters.isEmpty()) {
                List<PathNode> together =
                        parameters.values().stream().flatMap(List::stream).toList();
                tree.parameter(name(position, together), decide(position.afterParameter(together)));
            }
            return tree;
        }
    }
}
