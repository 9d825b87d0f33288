package io.sluice.redaction;

import org.jspecify.annotations.Nullable;

/**
 * Finds sensitive values in running text: by their own form, or because a name stands before them, as in {@code
 * password=...}, {@code "password": ...} and {@code <password>...}. One pass over bytes tells whether a second is worth it.
 */
final class TextScan {
    private static final int AT = 1;
    private static final int PERCENT = 1 << 1;
    private static final int NAMED = 1 << 2;
    private static final int DIGIT = 1 << 3;
    private static final int CAPITAL_J = 1 << 4;
    private static final int DOT = 1 << 5;
    private static final int LETTER_B = 1 << 6;
    private static final int SPACE = 1 << 7;
    private static final int COLON = 1 << 8;
    private static final int QUOTE = 1 << 9;
    private static final int FEWEST_DIGITS = 8;
    private static final int DEEPEST = 5;
    private static final int LONGEST_NAME = 64;
    private static final int[] BITS = bits();

    private final Replacer replacer;
    private final NameRules names;

    TextScan(Replacer replacer, NameRules names) {
        this.replacer = replacer;
        this.names = names;
    }

    private static int[] bits() {
        int[] bits = new int[256];
        bits['@'] = AT;
        bits['%'] = PERCENT;
        bits['='] = NAMED;
        bits['>'] = NAMED;
        bits[':'] = COLON;
        bits['"'] = QUOTE;
        bits['\''] = QUOTE;
        bits['J'] = CAPITAL_J;
        bits['.'] = DOT;
        bits['B'] = LETTER_B;
        bits['b'] = LETTER_B;
        bits[' '] = SPACE;
        for (int digit = '0'; digit <= '9'; digit++) {
            bits[digit] = DIGIT;
        }
        return bits;
    }

    /** Whether text made of symbols with these {@link #bit}s is worth a scan; {@code length} bounds its digits. */
    static boolean worthwhile(int seen, int length) {
        return (seen & (AT | PERCENT | NAMED)) != 0
                || ((seen & DIGIT) != 0 && length >= FEWEST_DIGITS)
                || (seen & (COLON | QUOTE)) == (COLON | QUOTE)
                || (seen & (CAPITAL_J | DOT)) == (CAPITAL_J | DOT)
                || (seen & (LETTER_B | SPACE)) == (LETTER_B | SPACE);
    }

    static int bit(byte symbol) {
        return BITS[symbol & 0xff];
    }

    /** Scans {@code text[from, to)}, looking through up to five layers of percent escapes. */
    void scan(byte[] text, int from, int to, Sink sink) {
        scan(text, from, to, sink, DEEPEST);
    }

    private void scan(byte[] text, int from, int to, Sink sink, int depth) {
        int seen = 0;
        int digits = 0;
        for (int i = from; i < to; i++) {
            int bit = BITS[text[i] & 0xff];
            seen |= bit;
            digits += (bit >>> 3) & 1;
        }
        if ((seen & PERCENT) != 0 && depth > 0) {
            Decoded decoded = Decoded.percent(text, from, to, sink);
            if (decoded.differs()) {
                scan(decoded.text, 0, decoded.length(), decoded, depth - 1);
                return;
            }
        }
        boolean numbers = digits >= FEWEST_DIGITS;
        if (numbers || worthwhile(seen & ~DIGIT, 0)) {
            new Pass(text, from, to, sink, numbers).run();
        }
    }

    /** One walk over one text; everything before {@code done} has been dealt with. */
    private final class Pass {
        private final byte[] text;
        private final int from;
        private final int to;
        private final Sink sink;
        private final boolean numbers;
        private int done;

        Pass(byte[] text, int from, int to, Sink sink, boolean numbers) {
            this.text = text;
            this.from = from;
            this.to = to;
            this.sink = sink;
            this.numbers = numbers;
            this.done = from;
        }

        void run() {
            int i = from;
            while (i < to) {
                int next = switch (text[i]) {
                    case '@' -> at(i);
                    case '=' -> equalsSign(i);
                    case ':' -> colon(i);
                    case '>' -> tagEnd(i);
                    case 'e' -> token(i);
                    case 'B', 'b' -> authorization(i);
                    case '+', '(', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> numbers ? number(i) : i + 1;
                    default -> i + 1;
                };
                i = Math.max(next, i + 1);
            }
        }

        private int replaced(int end) {
            done = end;
            return end;
        }

        private Span span(int begin, int end) {
            return new Span(text, begin, end, sink);
        }

        private int at(int at) {
            int user = userinfoStart(at);
            if (user >= 0) {
                return replacer.detects(Detector.USERINFO) ? userinfo(user, at) : at + 1;
            }
            int begin = Emails.start(text, done, at);
            int end = Emails.end(text, at, to);
            if (begin == at || end < 0 || !replacer.detects(Detector.EMAIL)) {
                return at + 1;
            }
            replacer.detected(Detector.EMAIL, IdentifierKind.EMAIL, span(begin, end));
            return replaced(end);
        }

        /** Where the user begins in {@code https://user:password@}, or -1. */
        private int userinfoStart(int at) {
            int i = at;
            while (i > done && !isSpaceOrQuote(text[i - 1]) && text[i - 1] != '/' && text[i - 1] != '?') {
                i--;
            }
            return i - from >= 3 && i < at && text[i - 1] == '/' && text[i - 2] == '/' && text[i - 3] == ':' ? i : -1;
        }

        private int userinfo(int begin, int at) {
            int colon = span(begin, at).until(begin, ':');
            if (colon > begin) {
                replacer.detected(Detector.USERINFO, IdentifierKind.SUBJECT, span(begin, colon));
            }
            if (colon + 1 < at) {
                replacer.detected(Detector.USERINFO, IdentifierKind.PASSWORD, span(colon + 1, at));
            }
            return replaced(at);
        }

        private int token(int at) {
            if (at > from && (Numbers.isWord(text[at - 1]) || text[at - 1] == '.')) {
                return at + 1;
            }
            int end = Tokens.end(text, at, to);
            if (end < 0 || !replacer.detects(Detector.JWT)) {
                return at + 1;
            }
            replacer.detected(Detector.JWT, IdentifierKind.CREDENTIAL, span(at, end));
            return replaced(end);
        }

        private int authorization(int at) {
            if ((at > from && Numbers.isWord(text[at - 1])) || !replacer.detects(Detector.AUTHORIZATION)) {
                return at + 1;
            }
            int bearer = word(at, "bearer ");
            int basic = word(at, "basic ");
            int begin = Math.max(bearer, basic);
            if (begin < 0) {
                return at + 1;
            }
            int end = begin;
            boolean digit = false;
            while (end < to && isTokenSymbol(text[end])) {
                digit |= Numbers.isDigit(text[end]);
                end++;
            }
            if (end - begin < 6) {
                return at + 1;
            }
            if (basic >= 0) {
                return replacer.basicInText(span(begin, end)) ? replaced(end) : at + 1;
            }
            if (!digit) {
                return at + 1;
            }
            replacer.detected(Detector.AUTHORIZATION, IdentifierKind.CREDENTIAL, span(begin, end));
            return replaced(end);
        }

        private int number(int at) {
            int end = -1;
            if (Numbers.beginsHere(text, at, done)) {
                if (replacer.detects(Detector.CARD) && Numbers.isDigit(text[at])) {
                    end = Numbers.cardEnd(text, at, to);
                }
                if (end >= 0) {
                    replacer.detected(Detector.CARD, IdentifierKind.CARD, span(at, end));
                    return replaced(end);
                }
                end = replacer.detects(Detector.PHONE) ? Numbers.phoneEnd(text, at, to) : -1;
                if (end >= 0) {
                    replacer.detected(Detector.PHONE, IdentifierKind.PHONE, span(at, end));
                    return replaced(end);
                }
            }
            int i = at + 1;
            while (i < to && Numbers.isDigit(text[i]) && text[at] != '+' && text[at] != '(') {
                i++;
            }
            return i;
        }

        /** {@code name=value}, {@code name="value"}. */
        private int equalsSign(int at) {
            int begin = at;
            while (begin > done && at - begin < LONGEST_NAME && isNameSymbol(text[begin - 1])) {
                begin--;
            }
            RedactionRule rule = names.find(text, begin, at);
            if (rule == null || at + 1 >= to) {
                return at + 1;
            }
            byte quote = text[at + 1];
            int end = quote == '"' || quote == '\'' ? span(at, to).until(at + 2, (char) quote) : valueEnd(at + 1);
            return named(rule, quote == '"' || quote == '\'' ? at + 2 : at + 1, end, at + 1);
        }

        /** {@code "name": "value"} and {@code \"name\":\"value\"} in text that is not JSON as a whole. */
        private int colon(int at) {
            int close = at;
            while (close > done && text[close - 1] == ' ') {
                close--;
            }
            if (close - done < 3 || (text[close - 1] != '"' && text[close - 1] != '\'')) {
                return at + 1;
            }
            int nameEnd = close - 1;
            while (nameEnd > done && text[nameEnd - 1] == '\\') {
                nameEnd--;
            }
            int begin = nameEnd;
            while (begin > done && nameEnd - begin < LONGEST_NAME && isNameSymbol(text[begin - 1])) {
                begin--;
            }
            RedactionRule rule = names.find(text, begin, nameEnd);
            if (rule == null) {
                return at + 1;
            }
            int start = at + 1;
            while (start < to && (text[start] == ' ' || text[start] == '\\')) {
                start++;
            }
            if (start >= to || text[start] == '{' || text[start] == '[') {
                return at + 1;
            }
            boolean quoted = text[start] == '"' || text[start] == '\'';
            int end = quoted ? span(start, to).until(start + 1, (char) text[start]) : valueEnd(start);
            while (quoted && end > start + 1 && text[end - 1] == '\\') {
                end--;
            }
            return named(rule, quoted ? start + 1 : start, end, at + 1);
        }

        /** {@code <name attribute="...">value</name>}. */
        private int tagEnd(int at) {
            int open = at;
            while (open > done && at - open < 256 && text[open - 1] != '<') {
                open--;
            }
            if (open <= from || text[open - 1] != '<') {
                return at + 1;
            }
            int nameEnd = open;
            while (nameEnd < at && (isNameSymbol(text[nameEnd]) || text[nameEnd] == ':')) {
                nameEnd++;
            }
            RedactionRule rule = names.find(text, open, nameEnd);
            return rule == null ? at + 1 : named(rule, at + 1, span(at, to).until(at + 1, '<'), at + 1);
        }

        private int named(@Nullable RedactionRule rule, int begin, int end, int otherwise) {
            if (rule == null || begin >= end || !replacer.named(rule, span(begin, end))) {
                return otherwise;
            }
            return replaced(end);
        }

        private int word(int at, String lower) {
            if (at + lower.length() > to) {
                return -1;
            }
            for (int i = 0; i < lower.length(); i++) {
                byte symbol = text[at + i];
                if ((symbol >= 'A' && symbol <= 'Z' ? symbol + 32 : symbol) != lower.charAt(i)) {
                    return -1;
                }
            }
            return at + lower.length();
        }

        private int valueEnd(int begin) {
            int end = begin;
            while (end < to && !isSpaceOrQuote(text[end]) && "&;<>,)}]".indexOf(text[end]) < 0) {
                end++;
            }
            return end;
        }
    }

    private static boolean isTokenSymbol(byte symbol) {
        return Numbers.isWord(symbol) || "-.~+/=".indexOf(symbol) >= 0;
    }

    private static boolean isNameSymbol(byte symbol) {
        return Numbers.isWord(symbol) || symbol == '-' || symbol == '.' || symbol == '[' || symbol == ']';
    }

    private static boolean isSpaceOrQuote(byte symbol) {
        return (symbol >= 0 && symbol <= ' ')
                || symbol == '"'
                || symbol == '\''
                || symbol == '`'
                || symbol == '<'
                || symbol == '\\';
    }
}
