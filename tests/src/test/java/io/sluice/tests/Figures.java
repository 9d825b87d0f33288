package io.sluice.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The figures that tests and benchmarks measure, kept in {@code tests/target/figures.tsv} for whoever shows them. */
public final class Figures {
    private Figures() {}

    /** Keeps one line, e.g. {@code "speedscale-sessions: exchanges imported", "5,063 of 5,064 files", "5063"}. */
    public static synchronized void record(String figure, String asked, String measured) {
        Path file = Checkout.root().resolve("tests/target/figures.tsv");

        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(
                    file,
                    String.join("\t", figure, asked, measured) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new IllegalStateException("cannot write " + file, e);
        }
    }
}
