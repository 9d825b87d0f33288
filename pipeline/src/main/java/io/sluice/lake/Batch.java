package io.sluice.lake;

/** A numbered part of a stream of appends to a table, written exactly once by whichever runs try it; from 1 upwards. */
public record Batch(String stream, long number) {
    public Batch {
        if (number < 1) {
            throw new IllegalArgumentException("batch numbers begin at 1: " + number);
        }
    }
}
