package io.sluice.tenant;

import java.util.Collection;
import java.util.Comparator;

/** Suggests the known word that is nearest to one that is not known. */
public final class DidYouMean {
    private static final int FARTHEST = 3;

    private DidYouMean() {}

    /** E.g. {@code . Did you mean root?}, or which words are known where none is near. */
    public static String suggest(String given, Collection<String> known) {
        return known.stream()
                .min(Comparator.<String>comparingInt(word -> distance(given, word))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(word -> distance(given, word) <= Math.min(FARTHEST, Math.max(1, word.length() / 2)))
                .map(word -> ". Did you mean " + word + "?")
                .orElseGet(() -> ". Known are "
                        + String.join(", ", known.stream().sorted().toList()));
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
