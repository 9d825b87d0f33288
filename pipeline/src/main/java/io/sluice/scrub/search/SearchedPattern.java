package io.sluice.scrub.search;

import java.io.Serializable;

/**
 * A regular expression, in the syntax of RE2, that is looked for in every text; it stands in no message.
 *
 * @param selector the number of the selector that asks for it, from 0
 */
public record SearchedPattern(int selector, String regex) implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return "pattern of selector " + selector;
    }
}
