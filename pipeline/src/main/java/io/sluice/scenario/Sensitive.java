package io.sluice.scenario;

import io.sluice.dependency.Location;
import io.sluice.scenario.Scenario.Format;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What kind of fresh value may stand for a captured one, and which captured ones may never be repeated. */
final class Sensitive {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+\\.[^@\\s.]+");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[01][0-9]-[0-3][0-9]");
    private static final Pattern PHONE = Pattern.compile("(\\+|00)[0-9][0-9 ()/.-]{6,20}");
    private static final Pattern INTEGER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern CREDENTIAL = Pattern.compile(
            "pass(word|wd|phrase|code)?|pwd|secret|.*token|.*api_?key|authorization|credential.*|otp|pin|signature");
    private static final Pattern PASSWORD = Pattern.compile(".*pass(word|wd|phrase)?|pwd");
    private static final Pattern NAME =
            Pattern.compile("(first|last|full|given|family|middle|display)?_?name|surname|nickname|recipient|holder");

    private Sensitive() {}

    /** The format that {@code text} at {@code location} has. */
    static Format format(Location location, String text) {
        String name = name(location);
        if (EMAIL.matcher(text).matches()) {
            return Format.EMAIL;
        }
        if (UUID.matcher(text).matches()) {
            return Format.UUID;
        }
        if (DATE.matcher(text).matches()) {
            return Format.DATE;
        }
        if (PASSWORD.matcher(name).matches()) {
            return Format.PASSWORD;
        }
        if (PHONE.matcher(text).matches() || name.contains("phone")) {
            return Format.PHONE;
        }
        if (INTEGER.matcher(text).matches()) {
            return Format.INTEGER;
        }
        return NAME.matcher(name).matches() ? Format.NAME : Format.TEXT;
    }

    /** Whether the value identifies or admits somebody, so that it is not repeated however many actors used it. */
    static boolean neverRepeated(Location location, String text) {
        Format format = format(location, text);
        return format == Format.EMAIL
                || format == Format.PHONE
                || format == Format.PASSWORD
                || CREDENTIAL.matcher(name(location)).matches();
    }

    /** The name of what stands there, as words in lower case joined by underscores; empty where it has none. */
    static String name(Location location) {
        return words(location).isEmpty()
                ? ""
                : words(location).get(words(location).size() - 1);
    }

    /** A name for a variable that holds what stands there: {@code $.items[*].id} -> {@code item_id}. */
    static Optional<String> variable(Location location) {
        List<String> words = words(location);
        if (words.isEmpty()) {
            return Optional.empty();
        }
        String last = words.get(words.size() - 1);
        if (!last.equals("id") && !last.equals("name") && !last.equals("value")) {
            return Optional.of(last);
        }
        if (words.size() == 1) {
            return last.equals("name") ? Optional.of(last) : Optional.empty();
        }
        return Optional.of(singular(words.get(words.size() - 2)) + "_" + last);
    }

    private static List<String> words(Location location) {
        if (location.kind() != Location.Kind.JSON) {
            return List.of(snake(location.name()));
        }
        return location.keys().stream()
                .filter(Location.Field.class::isInstance)
                .map(key -> snake(((Location.Field) key).name()))
                .toList();
    }

    private static String singular(String word) {
        return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")
                ? word.substring(0, word.length() - 1)
                : word;
    }

    private static String snake(String name) {
        String words = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("[^A-Za-z0-9]+", "_")
                .toLowerCase(Locale.ROOT);
        return words.replaceAll("^[^a-z]+|_+$", "");
    }
}
