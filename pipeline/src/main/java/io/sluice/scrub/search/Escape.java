package io.sluice.scrub.search;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The ways to write a character of a text by others, which a sign of their own begins. */
enum Escape {
    PERCENT,
    JSON,
    HTML;

    /** {@code text[from, to)} without it. */
    byte[] off(byte[] text, int from, int to) {
        return switch (this) {
            case PERCENT -> Unescaping.percent(text, from, to);
            case JSON -> Unescaping.json(text, from, to);
            case HTML -> CharacterReferences.unescape(text, from, to);
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that begins at {@code text[at]}, if one does. */
    static @Nullable Escape at(byte[] text, int at, int to) {
        return switch (text[at]) {
            case '%' -> Unescaping.isPercent(text, at, to) ? PERCENT : null;
            case '\\' -> Unescaping.isJson(text, at, to) ? JSON : null;
            case '&' -> CharacterReferences.isReference(text, at, to) ? HTML : null;
            default -> null;
        };
    }
}
