package io.sluice.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which rule a name falls under: {@code access_token}, {@code accessToken} and {@code user[access-token]} fall under the
 * rule for {@code accesstoken}. Remembers answers by name, so one instance serves one thread.
 */
final class NameRules {
    private static final int SLOTS = 4096;
    private static final int LONGEST_NAME = 128;

    private record Pattern(String text, boolean openStart, boolean openEnd, RedactionRule rule) {
        static Pattern of(String written, RedactionRule rule) {
            boolean openStart = written.startsWith("*");
            boolean openEnd = written.length() > 1 && written.endsWith("*");
            String text = written.substring(openStart ? 1 : 0, written.length() - (openEnd ? 1 : 0));
            return new Pattern(plain(text), openStart, openEnd, rule);
        }

        boolean matches(String name) {
            if (openStart) {
                return openEnd ? name.contains(text) : name.endsWith(text);
            }
            return openEnd ? name.startsWith(text) : name.equals(text);
        }
    }

    private final List<Pattern> patterns = new ArrayList<>();
    private final byte[][] knownNames = new byte[SLOTS][];
    private final @Nullable RedactionRule[] knownRules = new RedactionRule[SLOTS];

    /** The rules of {@code policy} for the names that {@code scopes} pick, in the order of the policy. */
    @SafeVarargs
    NameRules(RedactionPolicy policy, Function<RedactionRule, List<String>>... scopes) {
        for (RedactionRule rule : policy.rules()) {
            for (Function<RedactionRule, List<String>> scope : scopes) {
                scope.apply(rule).forEach(name -> patterns.add(Pattern.of(name, rule)));
            }
        }
    }

    /** The rule for the name in {@code text[from, to)}, or null; a rule that says KEEP is returned too. */
    @Nullable
    RedactionRule find(byte[] text, int from, int to) {
        if (to - from > LONGEST_NAME || to <= from) {
            return null;
        }
        int hash = 17;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + text[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        byte[] known = knownNames[slot];
        if (known != null && Arrays.equals(known, 0, known.length, text, from, to)) {
            return knownRules[slot];
        }
        RedactionRule rule = match(new String(text, from, to - from, StandardCharsets.UTF_8));
        knownNames[slot] = Arrays.copyOfRange(text, from, to);
        knownRules[slot] = rule;
        return rule;
    }

    @Nullable
    RedactionRule find(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length);
    }

    private @Nullable RedactionRule match(String written) {
        String name = plain(lastPart(written));
        for (Pattern pattern : patterns) {
            if (pattern.matches(name)) {
                return pattern.rule();
            }
        }
        return null;
    }

    /** {@code user[password]} and {@code form.password} -> {@code password}. */
    private static String lastPart(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == ']' || name.charAt(end - 1) == '[')) {
            end--;
        }
        int start = Math.max(
                Math.max(name.lastIndexOf('[', end - 1), name.lastIndexOf('.', end - 1)),
                name.lastIndexOf(':', end - 1));
        return name.substring(start + 1, end);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "").replace(" ", "");
    }
}
