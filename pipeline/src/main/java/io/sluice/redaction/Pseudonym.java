package io.sluice.redaction;

import java.util.List;

/** What is written instead of a value, and the identifiers that the value held. */
final class Pseudonym {
    private final byte[] text;
    private final List<Identifier> identifiers;

    Pseudonym(byte[] text, List<Identifier> identifiers) {
        this.text = text;
        this.identifiers = identifiers;
    }

    byte[] text() {
        return text;
    }

    List<Identifier> identifiers() {
        return identifiers;
    }
}
