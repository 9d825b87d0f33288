package io.sluice.scrub;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.sluice.redaction.IdentifierKind;
import io.sluice.scrub.search.JsonPath;
import io.sluice.scrub.search.SearchPlan;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is to leave the lake: a subject, a literal, what a regular expression matches, what stands in a field of JSON, or
 * what a redaction rule takes out; exactly one of them is given. Its value stands in no message.
 *
 * @param equals what the field must hold, as text; null where any will do
 * @param exists true where any will do
 * @param policyRule name of a rule of the tenant's redaction policy that is applied to what was stored before
 */
public record Selector(
        @Nullable Subject subject,
        @Nullable String literal,
        @Nullable String regex,
        @Nullable String field,
        @Nullable String equals,
        @Nullable Boolean exists,
        @Nullable String policyRule) {
    private static final int FEWEST_DIGITS = 7;

    /** A person or account, by an identifier that redaction knows. */
    public record Subject(IdentifierKind kind, String value) {
        @Override
        public String toString() {
            return "a subject by " + kind.label();
        }
    }

    /** The same without spaces around its value, with which nothing would be found. */
    Selector stripped() {
        return new Selector(
                subject == null
                        ? null
                        : new Subject(subject.kind(), subject.value().strip()),
                literal == null ? null : literal.strip(),
                regex,
                field,
                equals,
                exists,
                policyRule);
    }

    /** Why nobody can mean it, if so. */
    Optional<String> problem() {
        if (Stream.of(subject, literal, regex, field, policyRule)
                        .filter(Objects::nonNull)
                        .count()
                != 1) {
            return Optional.of("must have one of subject, literal, regex, field and policyRule");
        }
        if (field == null && (equals != null || exists != null)) {
            return Optional.of("has equals or exists, which belong to a field");
        }
        if (policyRule != null) {
            return Optional.empty(); // whether there is such a rule, the policy tells
        }
        if (regex != null) {
            return problemOf(regex);
        }
        return field == null ? problemOfValue() : problemOfField(field);
    }

    private static Optional<String> problemOf(String regex) {
        try {
            Pattern pattern = Pattern.compile(regex);
            return matchesNoCharacter(pattern, "") || matchesNoCharacter(pattern, " a ")
                    ? Optional.of("matches a text without characters, which stands in everything")
                    : Optional.empty();
        } catch (PatternSyntaxException e) { // its description holds no part of the expression
            return Optional.of("is no regular expression of RE2, which takes linear time: " + e.getDescription());
        }
    }

    private static boolean matchesNoCharacter(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() && matcher.start() == matcher.end();
    }

    private Optional<String> problemOfField(String path) {
        if (JsonPath.of(path).isEmpty()) {
            return Optional.of("has a field that is no path such as $.customer.name or $.items[*].id");
        }
        return (equals == null) == (exists == null)
                ? Optional.of("must say what its field equals, or exists: true")
                : Optional.empty();
    }

    private Optional<String> problemOfValue() {
        if (value().length() < SearchPlan.FEWEST_CHARACTERS) {
            return Optional.of("has fewer than " + SearchPlan.FEWEST_CHARACTERS
                    + " characters besides spaces, which stand in everything");
        }
        return isOfItsKind() ? Optional.empty() : Optional.of("does not look like what its kind says");
    }

    /** Whether the value looks like what it is said to be. */
    private boolean isOfItsKind() {
        if (kind() == IdentifierKind.EMAIL) {
            return value().indexOf('@') > 0;
        }
        boolean isNumber = kind() == IdentifierKind.PHONE || kind() == IdentifierKind.CARD;
        return !isNumber || value().chars().filter(Character::isDigit).count() >= FEWEST_DIGITS;
    }

    /** Whether a text is looked for, in all its forms. */
    public boolean isValue() {
        return subject != null || literal != null;
    }

    /** The text that is looked for, or what describes it. */
    public String value() {
        if (subject != null) {
            return subject.value();
        }
        return Stream.of(
                        literal,
                        regex,
                        policyRule,
                        field == null ? null : field + "\n" + (equals == null ? "" : "=" + equals))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    /** What the value is, if that is known. */
    public @Nullable IdentifierKind kind() {
        return subject != null ? subject.kind() : null;
    }

    @Override
    public String toString() {
        if (subject != null) {
            return subject.toString();
        }
        if (literal != null) {
            return "a literal";
        }
        if (policyRule != null) {
            return "a redaction rule";
        }
        return regex != null ? "a regular expression" : "a field";
    }
}
