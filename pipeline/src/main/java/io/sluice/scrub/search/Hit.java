package io.sluice.scrub.search;

import java.io.Serializable;

/**
 * Where a value stands in an object; the value itself is not told.
 *
 * @param place a column, or a part of the file such as {@code bytes}
 * @param position the row in the file, from 0, or the offset of the block of bytes
 */
public record Hit(int selector, String form, String encodings, String place, long position) implements Serializable {
    private static final long serialVersionUID = 1L;

    static Hit of(Sighting sighting, String place, long position) {
        return new Hit(sighting.selector(), sighting.form().label(), sighting.encodings(), place, position);
    }
}
