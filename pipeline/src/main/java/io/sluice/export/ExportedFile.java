package io.sluice.export;

/** A file for another tool: its name, safe as a file name, and its text. */
public record ExportedFile(String name, String text) {}
