package io.sluice.capture;

/** Which way an exchange went, seen from the captured service. */
public enum Direction {
    /** The captured service answered it. */
    IN,
    /** The captured service made it. */
    OUT
}
