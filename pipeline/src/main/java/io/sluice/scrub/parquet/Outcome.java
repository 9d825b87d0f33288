package io.sluice.scrub.parquet;

/** What came of the attempt to blank rows of a file in its place; no reason holds a value of the file. */
public sealed interface Outcome {
    /** The new file is ready to be written; nothing is written before. */
    record Fits(NewFile file) implements Outcome {}

    /** The rows are blank already, or the file has none of the columns. */
    record Unchanged() implements Outcome {}

    /** However hard it is compressed, the file would grow by {@code bytes}. */
    record DoesNotFit(long bytes) implements Outcome {
        public String reason() {
            return "it would grow by " + bytes + " bytes";
        }
    }

    /** The file is of a kind of which it is not known that it can be rewritten without harm. */
    record Refused(String reason) implements Outcome {}
}
