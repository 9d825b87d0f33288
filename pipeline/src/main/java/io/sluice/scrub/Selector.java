package io.sluice.scrub;

import io.sluice.redaction.IdentifierKind;
import org.jspecify.annotations.Nullable;

/** What is to leave the lake: a subject, or a literal; exactly one of them is given. Its value stands in no message. */
public record Selector(@Nullable Subject subject, @Nullable String literal) {
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
        return subject == null
                ? new Selector(null, literal == null ? null : literal.strip())
                : new Selector(new Subject(subject.kind(), subject.value().strip()), null);
    }

    /** Whether the value looks like what it is said to be. */
    boolean isOfItsKind() {
        if (kind() == IdentifierKind.EMAIL) {
            return value().indexOf('@') > 0;
        }
        boolean isNumber = kind() == IdentifierKind.PHONE || kind() == IdentifierKind.CARD;
        return !isNumber || value().chars().filter(Character::isDigit).count() >= FEWEST_DIGITS;
    }

    /** The text that is looked for. */
    public String value() {
        return subject != null ? subject.value() : String.valueOf(literal);
    }

    /** What the value is, if that is known. */
    public @Nullable IdentifierKind kind() {
        return subject != null ? subject.kind() : null;
    }

    @Override
    public String toString() {
        return subject != null ? subject.toString() : "a literal";
    }
}
