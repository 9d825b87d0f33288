package io.sluice.scrub.search;

import java.io.Serializable;

/**
 * A value seen in a piece of bytes.
 *
 * @param selector the number of the selector that asked for the value
 * @param encodings those that had to be taken off, from the outside in, e.g. {@code base64 gzip}; empty for none
 */
public record Sighting(int selector, Form form, String encodings) implements Serializable {
    private static final long serialVersionUID = 1L;
}
