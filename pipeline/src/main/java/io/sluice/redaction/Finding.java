package io.sluice.redaction;

/** An identifier with the part of the exchange it stands in, e.g. {@code request.body}. */
public record Finding(Identifier identifier, String location) {}
