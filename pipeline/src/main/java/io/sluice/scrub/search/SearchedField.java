package io.sluice.scrub.search;

import java.io.Serializable;
import java.util.TreeSet;

/**
 * A field of JSON texts that is looked for, by its path; what it holds stands in no message.
 *
 * @param selector the number of the selector that asks for it, from 0
 * @param values the texts, numbers or truth values as they are written, of which it must hold one; empty where any will do
 */
public record SearchedField(int selector, JsonPath path, TreeSet<String> values) implements Serializable {
    private static final long serialVersionUID = 1L;

    boolean isAny() {
        return values.isEmpty();
    }

    boolean accepts(String text) {
        return values.contains(text);
    }

    @Override
    public String toString() {
        return "field of selector " + selector;
    }
}
