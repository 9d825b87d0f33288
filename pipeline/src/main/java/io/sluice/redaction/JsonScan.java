package io.sluice.redaction;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds sensitive values in JSON by the position of its tokens, so that every other byte stays as it is. It needs no
 * well-formed document: a body cut in the middle, several documents in a row and any depth are walked alike.
 */
final class JsonScan {
    private static final int DEEPEST_STRING = 4;
    private static final String[] GENERIC_NAMES = {"value", "id", "key", "raw", "data", "text"};

    private final Replacer replacer;
    private final NameRules names;
    private final TextScan texts;

    JsonScan(Replacer replacer, NameRules names, TextScan texts) {
        this.replacer = replacer;
        this.names = names;
        this.texts = texts;
    }

    void scan(byte[] text, int from, int to, Sink sink) {
        scan(text, from, to, sink, DEEPEST_STRING);
    }

    private void scan(byte[] text, int from, int to, Sink sink, int strings) {
        new Walk(text, to, sink, strings).run(from);
    }

    /** Whether {@code text[from, to)} begins like a JSON object or array. */
    static boolean looksLikeJson(byte[] text, int from, int to) {
        int i = from;
        while (i < to && text[i] >= 0 && text[i] <= ' ') {
            i++;
        }
        return i + 1 < to && (text[i] == '{' || text[i] == '[');
    }

    private final class Walk {
        private final byte[] text;
        private final int to;
        private final Sink sink;
        private final int strings;
        private final BitSet objects = new BitSet();
        private int depth;
        /** The rule of the name just read, until its value has been. */
        private @Nullable RedactionRule named;

        private boolean hasName;
        private boolean genericName;
        /** The rule of a name whose value is the object or array that was opened at {@link #coveredDepth}. */
        private @Nullable RedactionRule covering;

        private int coveredDepth;

        Walk(byte[] text, int to, Sink sink, int strings) {
            this.text = text;
            this.to = to;
            this.sink = sink;
            this.strings = strings;
        }

        void run(int from) {
            int i = from;
            while (i < to) {
                byte symbol = text[i];
                if (symbol == '"') {
                    i = string(i + 1);
                } else if (Numbers.isDigit(symbol) || symbol == '-') {
                    i = number(i);
                } else if (symbol == '{' || symbol == '[') {
                    open(symbol == '{');
                    i++;
                } else if (symbol == '}' || symbol == ']') {
                    close();
                    i++;
                } else if (symbol == ',') {
                    forgetName();
                    i++;
                } else if (isOutside(symbol)) {
                    i = outside(i);
                } else {
                    i++;
                }
            }
        }

        private void open(boolean object) {
            objects.set(depth, object);
            if (named != null && covering == null && named.action() != Action.KEEP) {
                covering = named;
                coveredDepth = depth;
            }
            depth++;
            forgetName();
        }

        private void close() {
            depth = Math.max(0, depth - 1);
            if (covering != null && depth <= coveredDepth) {
                covering = null;
            }
            forgetName();
        }

        private void forgetName() {
            named = null;
            hasName = false;
            genericName = false;
        }

        private int string(int from) {
            int i = from;
            int seen = 0;
            boolean escaped = false;
            while (i < to && text[i] != '"') {
                if (text[i] == '\\') {
                    escaped = true;
                    i++;
                } else {
                    seen |= TextScan.bit(text[i]);
                }
                i++;
            }
            int end = Math.min(i, to);
            int after = end + 1;
            while (after < to && text[after] >= 0 && text[after] <= ' ') {
                after++;
            }
            if (after < to && text[after] == ':' && !hasName) {
                name(from, end, escaped);
                return after + 1;
            }
            if (end > from) {
                value(from, end, escaped, seen);
            }
            forgetName();
            return end + 1;
        }

        private void name(int from, int end, boolean escaped) {
            Decoded decoded = escaped ? Decoded.json(text, from, end, sink) : null;
            named = decoded == null ? names.find(text, from, end) : names.find(decoded.text, 0, decoded.length());
            hasName = true;
            genericName = covering != null && isGeneric(from, end);
            if (named != null || end - from < 6) {
                return;
            }
            if (decoded == null) {
                texts.scan(text, from, end, sink);
            } else {
                texts.scan(decoded.text, 0, decoded.length(), decoded);
            }
        }

        private void value(int from, int end, boolean escaped, int seen) {
            RedactionRule rule = rule();
            if (rule == null
                    && !escaped
                    && !TextScan.worthwhile(seen, end - from)
                    && text[from] != '{'
                    && text[from] != '[') {
                return;
            }
            if (!escaped) {
                value(rule, text, from, end, sink);
                return;
            }
            Decoded decoded = Decoded.json(text, from, end, sink);
            value(rule, decoded.text, 0, decoded.length(), decoded);
        }

        private void value(@Nullable RedactionRule rule, byte[] bytes, int from, int end, Sink into) {
            if (rule != null && replacer.named(rule, new Span(bytes, from, end, into))) {
                return;
            }
            if (strings > 0 && looksLikeJson(bytes, from, end)) {
                scan(bytes, from, end, into, strings - 1);
            } else {
                texts.scan(bytes, from, end, into);
            }
        }

        private int number(int from) {
            int end = from + 1;
            while (end < to && isNumeric(text[end])) {
                end++;
            }
            RedactionRule rule = rule();
            if (rule != null) {
                replacer.namedNumber(rule, new Span(text, from, end, sink));
            } else if (end - from >= 13) {
                texts.scan(text, from, end, sink);
            }
            forgetName();
            return end;
        }

        /** Text between tokens, as before the first brace of {@code )]}',}: nothing in it may slip through. */
        private int outside(int from) {
            int end = from;
            while (end < to && text[end] != '"' && text[end] != ',' && text[end] != '}' && text[end] != ']') {
                end++;
            }
            if (end - from > 5) {
                texts.scan(text, from, end, sink);
            }
            return Math.max(end, from + 1);
        }

        private @Nullable RedactionRule rule() {
            if (named != null || covering == null) {
                return named;
            }
            boolean inArray = depth > 0 && !objects.get(depth - 1);
            return genericName || (inArray && !hasName) ? covering : null;
        }

        private boolean isGeneric(int from, int end) {
            for (String name : GENERIC_NAMES) {
                if (name.length() == end - from && regionIs(name, from)) {
                    return true;
                }
            }
            return false;
        }

        private boolean regionIs(String name, int from) {
            for (int i = 0; i < name.length(); i++) {
                if (text[from + i] != name.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean isNumeric(byte symbol) {
        return Numbers.isDigit(symbol)
                || symbol == '.'
                || symbol == 'e'
                || symbol == 'E'
                || symbol == '-'
                || symbol == '+';
    }

    private static boolean isOutside(byte symbol) {
        return symbol < 0 || (symbol > ' ' && symbol != ':');
    }
}
