package io.sluice.scrub;

import io.sluice.redaction.IdentifierKind;
import org.jspecify.annotations.Nullable;

/** What is to leave the lake: a subject, or a literal; exactly one of them is given. Its value stands in no message. */
public record Selector(@Nullable Subject subject, @Nullable String literal) {
    /** A person or account, by an identifier that redaction knows. */
    public record Subject(IdentifierKind kind, String value) {
        @Override
        public String toString() {
            return "a subject by " + kind.label();
        }
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
