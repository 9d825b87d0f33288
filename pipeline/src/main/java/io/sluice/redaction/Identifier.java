package io.sluice.redaction;

/** An identifier that was found, as the blind index knows it: its kind and the keyed hash of its normalised value. */
public record Identifier(IdentifierKind kind, String hash) {}
