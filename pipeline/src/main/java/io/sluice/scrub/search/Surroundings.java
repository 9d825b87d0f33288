package io.sluice.scrub.search;

/** What stands beside a value: where it is text, a letter there makes it another word. */
enum Surroundings {
    TEXT(0),
    /**
     * Values behind their lengths and between marks, of one byte each, which may look like letters, as in the footer of a
     * Parquet file.
     */
    FIELDS(1),
    /** Bytes of an unknown kind, all of which may look like letters. */
    BYTES(Integer.MAX_VALUE);

    private final int lettersOfOthers;

    Surroundings(int lettersOfOthers) {
        this.lettersOfOthers = lettersOfOthers;
    }

    /** How many letters beside a value may belong to something else. */
    int lettersOfOthers() {
        return lettersOfOthers;
    }
}
