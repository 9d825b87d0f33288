package io.sluice.endpoint;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Log odds that the names seen at a position are values of a parameter rather than fixed parts of the path. */
final class NameScore {
    /** Odds at or below this speak against a value so clearly that its neighbors are judged without it. */
    static final double AGAINST = -3;

    private static final double AT_ROOT = -5;
    private static final double AFTER_PARAMETER = -3;
    private static final double AFTER_WORD = -1.5;
    private static final double IN_LISTED_COLLECTION = 2.5;
    private static final double IN_COLLECTION = -0.8;
    private static final double WORDS_BESIDE_IDENTIFIERS = -2;
    private static final double NAMES_BESIDE_IDENTIFIERS = 0.5;
    private static final double NAMES_AFTER_SAME_WORD = 1.5;

    private static final double SINGLE = -1;
    private static final double DOUBLING = 0.3;
    private static final double DOUBLING_IN_COLLECTION = 0.6;

    private static final double ENCODED = 1.5;
    private static final double FILE = 1.2;
    private static final double MIXED = 1;
    private static final double CASED = 0.4;
    private static final double PLURAL_OR_CALL = -1;
    private static final double STARTS_WITH_ACTION = -1;
    private static final double PHRASE = -0.3;

    private static final double ALIKE_BELOW = 6;
    private static final double UNLIKE_BELOW = 4;
    private static final double SINGLE_WEIGHT = 0.5;
    private static final double ENOUGH_BELOW = 6;
    private static final double VALUE_ELSEWHERE = 1.5;
    private static final double MODIFIED = 1;

    private static final double PLURAL_BEFORE_IDENTIFIER = -4;
    private static final double PLURAL_FIXED_ELSEWHERE = -3;
    private static final double FIXED_ELSEWHERE = -2;
    private static final double ACTION = -5;

    private static final double LOOKS_LIMIT = 4;
    private static final Set<String> MODIFYING = Set.of("PUT", "PATCH", "DELETE");

    private final Usage usage;

    NameScore(Usage usage) {
        this.usage = usage;
    }

    /** The odds for {@code names} together: context, number, looks, structure below, use elsewhere, methods. */
    double of(Position position, Map<String, List<PathNode>> names) {
        double elsewhere =
                VALUE_ELSEWHERE * names.keySet().stream().filter(usage::isValue).count();
        return context(position)
                + identifiersBeside(position, names.keySet())
                + number(position, names.size())
                + limited(names.keySet().stream().mapToDouble(NameScore::looks).sum(), LOOKS_LIMIT)
                + structure(names.values())
                + Math.min(elsewhere, 2 * VALUE_ELSEWHERE)
                + (isCollection(position) && isModified(names.values()) ? MODIFIED : 0);
    }

    /** What speaks against one value, whatever its neighbors are. */
    double alone(String value, List<PathNode> nodes) {
        boolean plural = ResourceWord.isPlural(value);
        double odds = 0;
        if (plural && nodes.stream().anyMatch(node -> node.children().containsKey(PathNode.IDENTIFIER))) {
            odds += PLURAL_BEFORE_IDENTIFIER;
        }
        if (usage.isFixed(value)) {
            odds += plural ? PLURAL_FIXED_ELSEWHERE : FIXED_ELSEWHERE;
        }
        return odds + (ResourceWord.isAction(value) ? ACTION : 0);
    }

    private double context(Position position) {
        if (position.before() == Position.Before.PARAMETER) {
            return AFTER_PARAMETER;
        }
        double odds = switch (position.before()) {
            case ROOT -> AT_ROOT;
            case COLLECTION -> position.isListed() ? IN_LISTED_COLLECTION : IN_COLLECTION;
            default -> AFTER_WORD;
        };
        return odds + (usage.takesNames(position.word()) ? NAMES_AFTER_SAME_WORD : 0);
    }

    private static double identifiersBeside(Position position, Set<String> names) {
        if (!position.values().containsKey(PathNode.IDENTIFIER)) {
            return 0;
        }
        boolean plain = names.stream().allMatch(name -> SegmentShape.of(name) == SegmentShape.WORD);
        return plain ? WORDS_BESIDE_IDENTIFIERS : NAMES_BESIDE_IDENTIFIERS;
    }

    private static double number(Position position, int names) {
        double doublings = Math.log(names) / Math.log(2);
        return names < 2 ? SINGLE : doublings * (isCollection(position) ? DOUBLING_IN_COLLECTION : DOUBLING);
    }

    private static double looks(String value) {
        return switch (SegmentShape.of(value)) {
            case ENCODED -> ENCODED;
            case FILE -> FILE;
            case MIXED -> MIXED;
            case CASED -> CASED;
            case CALL -> PLURAL_OR_CALL;
            default -> ofWord(value);
        };
    }

    private static double ofWord(String word) {
        if (ResourceWord.startsWithAction(word)) {
            return STARTS_WITH_ACTION;
        }
        if (ResourceWord.isPlural(word) || ResourceWord.isMass(word)) {
            return PLURAL_OR_CALL;
        }
        return ResourceWord.isPhrase(word) ? PHRASE : 0;
    }

    /** Alike below: the same fixed parts follow different names. Unlike below: each name has its own. */
    private double structure(Collection<List<PathNode>> names) {
        Map<String, Integer> followers = new HashMap<>();
        names.forEach(nodes -> usage.fixedBelow(nodes).forEach(part -> followers.merge(part, 1, Integer::sum)));
        int shared = followers.values().stream().mapToInt(count -> count - 1).sum();
        long single = followers.values().stream().filter(count -> count == 1).count();
        double evidence = shared + SINGLE_WEIGHT * single;
        double balance = (shared - SINGLE_WEIGHT * single) / Math.max(1, evidence);
        double sure = Math.min(1, evidence / ENOUGH_BELOW);
        return (balance > 0 ? ALIKE_BELOW : UNLIKE_BELOW) * balance * sure;
    }

    private static boolean isCollection(Position position) {
        return position.before() == Position.Before.COLLECTION;
    }

    private static boolean isModified(Collection<List<PathNode>> names) {
        return names.stream()
                .flatMap(List::stream)
                .anyMatch(node -> node.methods().stream().anyMatch(MODIFYING::contains));
    }

    private static double limited(double odds, double limit) {
        return Math.max(-limit, Math.min(limit, odds));
    }
}
