package io.sluice.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** Finds the two ends of an e-mail address around its at sign. */
final class Emails {
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 253;
    /** {@code logo@2x.png} is a file. */
    private static final Set<String> FILE_ENDINGS =
            Set.of("png", "jpg", "jpeg", "gif", "webp", "svg", "css", "js", "mjs", "html", "json", "woff");

    private Emails() {}

    /** Where the address with its at sign at {@code at} begins; {@code at} itself where nothing stands before it. */
    static int start(byte[] text, int floor, int at) {
        int begin = at;
        while (begin > floor && at - begin < LONGEST_LOCAL_PART && isLocal(text[begin - 1])) {
            begin--;
        }
        while (begin < at && !Numbers.isWord(text[begin])) {
            begin++;
        }
        return begin;
    }

    /** Where it ends, or -1 where no domain name follows. */
    static int end(byte[] text, int at, int to) {
        int limit = Math.min(to, at + 1 + LONGEST_DOMAIN);
        int end = at + 1;
        int lastDot = -1;
        while (end < limit && (isLabel(text[end]) || text[end] == '.')) {
            if (text[end] == '.') {
                if (lastDot == end - 1 || end == at + 1 || end + 1 >= limit || !Numbers.isWord(text[end + 1])) {
                    break;
                }
                lastDot = end;
            }
            end++;
        }
        while (end > at + 1 && text[end - 1] == '-') {
            end--;
        }
        if (lastDot < 0 || end - lastDot < 3) {
            return -1;
        }
        String last = new String(text, lastDot + 1, end - lastDot - 1, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        boolean letters = last.chars().allMatch(Character::isLetter) || last.startsWith("xn--");
        return letters && !FILE_ENDINGS.contains(last) ? end : -1;
    }

    private static boolean isLabel(byte symbol) {
        return symbol == '-' || (symbol != '_' && Numbers.isWord(symbol));
    }

    private static boolean isLocal(byte symbol) {
        return Numbers.isWord(symbol)
                || symbol == '.'
                || symbol == '+'
                || symbol == '-'
                || symbol == '\''
                || symbol == '!'
                || symbol == '#'
                || symbol == '$'
                || symbol == '*'
                || symbol == '~';
    }
}
