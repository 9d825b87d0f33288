package io.sluice.dependency;

import io.sluice.dependency.Location.Any;
import io.sluice.dependency.Location.Field;
import io.sluice.dependency.Location.Index;
import io.sluice.dependency.Location.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One reading of the text form of a {@link Location}. */
final class LocationParser {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");
    private static final Pattern SEGMENT = Pattern.compile("(.+)/(-?[0-9]{1,4})");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final String text;
    private int at;

    LocationParser(String text) {
        this.text = text;
    }

    /** Whether a member of this name is written with a dot. */
    static boolean isPlain(String name) {
        return PLAIN.matcher(name).matches();
    }

    Location parse() {
        return text.startsWith("$") ? json() : named();
    }

    private Location named() {
        int colon = text.indexOf(':');
        Kind kind = colon < 1 ? null : kind(text.substring(0, colon));
        if (kind == null || colon == text.length() - 1) {
            throw wrong();
        }
        String name = text.substring(colon + 1);
        Matcher segment = SEGMENT.matcher(name);
        return kind == Kind.HEADER && segment.matches()
                ? Location.segment(segment.group(1), Integer.parseInt(segment.group(2)))
                : Location.named(kind, name);
    }

    private static @Nullable Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind != Kind.JSON && kind.name().toLowerCase(Locale.ROOT).equals(word)) {
                return kind;
            }
        }
        return null;
    }

    private Location json() {
        List<Location.Key> keys = new ArrayList<>();
        at = 1;
        while (at < text.length()) {
            keys.add(text.charAt(at) == '.' ? member() : bracket());
        }
        return Location.json(keys);
    }

    private Location.Key member() {
        Matcher name = PLAIN.matcher(text).region(at + 1, text.length());
        if (!name.lookingAt()) {
            throw wrong();
        }
        at = name.end();
        return new Field(name.group());
    }

    private Location.Key bracket() {
        if (text.startsWith("['", at)) {
            return quoted();
        }
        int close = text.indexOf(']', at);
        if (text.charAt(at) != '[' || close < 0) {
            throw wrong();
        }
        String inside = text.substring(at + 1, close);
        at = close + 1;
        if (inside.equals("*")) {
            return new Any();
        }
        if (!NUMBER.matcher(inside).matches()) {
            throw wrong();
        }
        return new Index(Integer.parseInt(inside));
    }

    private Location.Key quoted() {
        StringBuilder name = new StringBuilder();
        for (int i = at + 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                if (!text.startsWith("']", i)) {
                    throw wrong();
                }
                at = i + 2;
                return new Field(name.toString());
            }
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                name.append(text.charAt(i));
            } else {
                name.append(c);
            }
        }
        throw wrong();
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("Not a location: " + text);
    }
}
