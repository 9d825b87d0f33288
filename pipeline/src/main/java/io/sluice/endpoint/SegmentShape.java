package io.sluice.endpoint;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one path segment looks like, from a sure identifier to a plain word. */
public enum SegmentShape {
    INTEGER("\\d+", Kind.IDENTIFIER),
    UUID("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", Kind.IDENTIFIER),
    DATE("\\d{4}-\\d{2}(-\\d{2}([T_ ].*)?)?", Kind.IDENTIFIER),
    ADDRESS("\\d{1,3}(\\.\\d{1,3}){3}(/\\d+)?", Kind.IDENTIFIER),
    DECIMAL("\\d+(\\.\\d+)+", Kind.NAME),
    EMAIL("[^@/]+@[^@/]+", Kind.IDENTIFIER),
    PLACE("[<{\\[:].*", Kind.IDENTIFIER),
    HEX("(?=.*[0-9])(0x)?([0-9a-f]{7,}|[0-9A-F]{7,})", Kind.IDENTIFIER),
    RANGE("[0-9a-f]{7,}\\.{2,3}[0-9a-f]{7,}", Kind.IDENTIFIER),
    KEY("[A-Z][A-Z0-9]{0,15}-\\d+", Kind.IDENTIFIER),
    NUMBERED("[A-Za-z]{1,24}[-_:.]?\\d{3,}", Kind.IDENTIFIER),
    TOKEN("[A-Za-z0-9_=-]{10,}", Kind.IDENTIFIER),
    VERSION("[vV]\\d+([._]?\\d+)*((alpha|beta|rc|preview)\\d*)?", Kind.NAME),
    FILE(
            "(?i).*\\.(md|txt|html?|ya?ml|csv|tsv|png|jpe?g|gif|svg|ico|webp|pdf|zip|tar|gz|tgz|js|css|map|woff2?"
                    + "|docx?|xlsx?|pptx?|java|py|go|rb|c|cpp|h|sh|sql|log|bin|jar|mp[34]|avi|mov|wav|toml|ini|lock)",
            Kind.NAME),
    CALL("[A-Za-z_-]*:[a-z][A-Za-z]*", Kind.NAME),
    ENCODED("[^A-Za-z0-9._-]+|.*[^A-Za-z0-9._-].*", Kind.NAME),
    MIXED(".*[A-Za-z].*\\d.*|.*\\d.*[A-Za-z].*", Kind.NAME),
    CASED(".*[A-Z].*", Kind.NAME),
    WORD(".*", Kind.NAME),

    /** Too long to be a name, or the whole tail of a very deep path. */
    BLOB("(?!)", Kind.IDENTIFIER);

    /** Whether a shape alone says that a value identifies something. */
    private enum Kind {
        IDENTIFIER,
        NAME
    }

    private static final List<SegmentShape> IN_ORDER = List.of(values());
    private static final int LONGEST_NAME = 120;
    private static final Pattern SUFFIX = Pattern.compile("(?<=.)\\.(json|xml)$");

    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9]{8,}");
    private static final Pattern PIECE = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+|\\d+");

    private final Pattern pattern;
    private final Kind kind;

    SegmentShape(String pattern, Kind kind) {
        this.pattern = Pattern.compile(pattern);
        this.kind = kind;
    }

    /** The first shape that fits, without a representation suffix: {@code 42.json} has the shape of {@code 42}. */
    public static SegmentShape of(String segment) {
        if (segment.length() > LONGEST_NAME || segment.indexOf('/') >= 0) {
            return BLOB;
        }
        if (isPlain(segment)) {
            return WORD;
        }
        String value = SUFFIX.matcher(segment).replaceFirst("");
        return IN_ORDER.stream()
                .filter(shape -> shape.pattern.matcher(value).matches())
                .filter(shape -> shape != TOKEN || isScrambled(value))
                .findFirst()
                .orElse(WORD);
    }

    /** True where letters and digits change too often to be words: {@code cus_Nf3Kq81xZ0}. */
    private static boolean isScrambled(String value) {
        Matcher run = RUN.matcher(value);
        while (run.find()) {
            long pieces = PIECE.matcher(run.group()).results().count();
            if (pieces > 3 && run.group().length() < 3.5 * pieces) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPlain(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            char letter = segment.charAt(i);
            if ((letter < 'a' || letter > 'z') && letter != '-' && letter != '_') {
                return false;
            }
        }
        return true;
    }

    /** True for values that nobody would choose as the fixed part of a path. */
    public boolean identifies() {
        return kind == Kind.IDENTIFIER;
    }

    /** True for values that stand for a release of the interface itself when they come early in a path. */
    boolean mayBeVersion(String segment) {
        return this == VERSION || this == DATE || this == DECIMAL || (this == INTEGER && segment.length() <= 2);
    }
}
