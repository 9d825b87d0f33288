package io.sluice.redaction;

/** Takes replacements of parts of a text, in ascending order and without overlap. */
interface Sink {
    void replace(int from, int to, byte[] with);
}
