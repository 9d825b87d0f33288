package io.sluice.endpoint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One place in the tree of observed paths; values that are identifiers by their shape share one child. */
final class PathNode {
    /** Key of the child that stands for all identifiers; no segment can contain a slash. */
    static final String IDENTIFIER = "/";

    /** Key of the child that stands for every name beyond the limit. */
    static final String OVERFLOW = "//";

    private static final int NAMES_PER_NODE = 1000;
    private static final int PREFIXES_PER_NODE = 20;
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z]{1,16}[-_:]).+");

    private final Map<String, PathNode> children = new HashMap<>();
    private final Set<String> methods = new HashSet<>();
    private final Map<String, Integer> prefixes = new HashMap<>();
    private int parameterVotes;
    private int literalVotes;
    private @Nullable String parameterName;

    /** Adds one path below this node; paths may come in any order. */
    void add(ObservedPath observed) {
        List<String> segments = ObservedPath.segments(observed.path());
        List<String> route = RouteTemplate.segments(observed.route(), segments.size());
        PathNode node = this;
        for (int i = 0; i < segments.size(); i++) {
            String said = route.isEmpty() ? null : route.get(i);
            node = node.child(segments.get(i), i, said);
            if (said != null) {
                node.vote(said);
            }
        }
        node.methods.add(observed.method());
    }

    private PathNode child(String segment, int depth, @Nullable String said) {
        PathNode known = children.get(segment);
        if (known != null) {
            return known;
        }
        boolean literal = said != null && !RouteTemplate.isParameter(said);
        String key = literal ? segment : key(segment, depth);
        if (key.equals(segment) && children.size() >= NAMES_PER_NODE && !ResourceWord.isAction(segment)) {
            key = OVERFLOW;
        }
        if (key.equals(IDENTIFIER)) {
            countPrefix(segment);
        }
        return children.computeIfAbsent(key, any -> new PathNode());
    }

    private void countPrefix(String identifier) {
        Matcher matcher = PREFIX.matcher(identifier);
        if (matcher.matches() && (prefixes.size() < PREFIXES_PER_NODE || prefixes.containsKey(matcher.group(1)))) {
            prefixes.merge(matcher.group(1), 1, Integer::sum);
        }
    }

    /** True where several identifiers below this node begin as {@code name} does: {@code p-1001} and {@code p-new}. */
    boolean hasIdentifiersLike(String name) {
        Matcher matcher = PREFIX.matcher(name);
        return matcher.matches() && prefixes.getOrDefault(matcher.group(1), 0) > 1;
    }

    /** The key under which a segment is kept: itself, or {@link #IDENTIFIER}. */
    static String key(String segment, int depth) {
        SegmentShape shape = SegmentShape.of(segment);
        boolean version = depth < PathTemplater.VERSION_DEPTH && shape.mayBeVersion(segment);
        return shape.identifies() && !version ? IDENTIFIER : segment;
    }

    private void vote(String routeSegment) {
        if (RouteTemplate.isParameter(routeSegment)) {
            parameterVotes++;
            parameterName = RouteTemplate.name(routeSegment);
        } else {
            literalVotes++;
        }
    }

    Map<String, PathNode> children() {
        return children;
    }

    Set<String> methods() {
        return methods;
    }

    boolean isLeaf() {
        return children.isEmpty();
    }

    boolean saidParameter() {
        return parameterVotes > literalVotes;
    }

    boolean saidLiteral() {
        return literalVotes > 0 && literalVotes >= parameterVotes;
    }

    @Nullable
    String parameterName() {
        return parameterName;
    }

    /** The children of several nodes taken together, each with its nodes. */
    static Map<String, List<PathNode>> childrenOf(List<PathNode> nodes) {
        Map<String, List<PathNode>> together = new HashMap<>();
        for (PathNode node : nodes) {
            node.children.forEach((key, child) ->
                    together.computeIfAbsent(key, any -> new ArrayList<>()).add(child));
        }
        return together;
    }
}
