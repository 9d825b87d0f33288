package io.sluice.scrub.search;

import io.sluice.redaction.IdentifierKind;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A value to look for; its text stands in no message.
 *
 * @param selector the number of the selector that asks for it, from 0
 * @param kind what the value is, null where nobody said
 */
public record SearchedValue(int selector, @Nullable IdentifierKind kind, String text) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return "value of selector " + selector;
    }
}
