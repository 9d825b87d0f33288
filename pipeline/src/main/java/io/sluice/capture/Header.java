package io.sluice.capture;

/** One header field as it was sent. */
public record Header(String name, String value) {}
