package io.sluice.jobs;

import java.io.PrintStream;

/** Where a command prints: its one document to {@code out}, everything else to {@code err}. */
public record Console(PrintStream out, PrintStream err) {}
