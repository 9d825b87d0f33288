package io.sluice.endpoint;

import java.util.List;
import java.util.Map;

/** The place after a template prefix, with everything that was seen there. */
record Position(Before before, String word, int depth, List<PathNode> nodes, Map<String, List<PathNode>> values) {

    /** What stands before the place. */
    enum Before {
        ROOT,
        COLLECTION,
        WORD,
        PARAMETER
    }

    static Position root(PathNode root) {
        List<PathNode> nodes = List.of(root);
        return new Position(Before.ROOT, "", 0, nodes, PathNode.childrenOf(nodes));
    }

    Position after(String literal, List<PathNode> next) {
        Before kind = ResourceWord.isCollection(literal) ? Before.COLLECTION : Before.WORD;
        if (before == Before.ROOT && (isEntry(literal) || (values.size() == 1 && kind == Before.WORD))) {
            kind = Before.ROOT;
        }
        return new Position(kind, isEntry(literal) ? "" : literal, depth + 1, next, PathNode.childrenOf(next));
    }

    private static boolean isEntry(String literal) {
        return literal.equals("api")
                || literal.equals("rest")
                || SegmentShape.of(literal).mayBeVersion(literal);
    }

    Position afterParameter(List<PathNode> next) {
        return new Position(Before.PARAMETER, word, depth + 1, next, PathNode.childrenOf(next));
    }

    /** True where the prefix is itself requested, as a collection that is listed or added to. */
    boolean isListed() {
        return nodes.stream().anyMatch(node -> !node.methods().isEmpty());
    }
}
