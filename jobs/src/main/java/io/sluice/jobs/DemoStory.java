package io.sluice.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One showing: runs commands as a user would type them, tells people what happens, and keeps what each command said. */
final class DemoStory {
    static final String TENANT = "bookshop";

    private static final JsonMapper JSON = new JsonMapper();

    /** A command of the story failed; it has said why. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int exitCode;

        private Broken(int exitCode) {
            super("a command ended with " + exitCode);
            this.exitCode = exitCode;
        }

        int exitCode() {
            return exitCode;
        }
    }

    private final long startNanos = System.nanoTime();
    private final Console console;
    private final Path lake;
    private final Path folder;
    private final ObjectNode runs = JSON.createObjectNode();

    /** A showing whose lake lies at {@code lake}, and whose files go to {@code folder}. */
    DemoStory(Console console, Path lake, Path folder) {
        this.console = console;
        this.lake = lake;
        this.folder = folder;
    }

    Path lake() {
        return lake;
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    long seconds() {
        return Math.round((System.nanoTime() - startNanos) / 1e9);
    }

    /** Tells people what is going on. */
    void says(String what) {
        console.err().printf("[%3d s] %s%n", seconds(), what);
    }

    /**
     * Runs one command and keeps the document that it prints; stops the story where it fails. In part is not failing: who
     * was forgotten in an earlier showing is refused when they come again.
     */
    JsonNode does(String command, String... options) {
        List<String> line = new ArrayList<>(List.of(command, "--tenant", TENANT, "--lake", lake.toString()));
        line.addAll(List.of(options));
        says("sluice " + String.join(" ", line));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int exitCode = JobsMain.run(new Console(out, console.err()), line.toArray(String[]::new));
        if (exitCode != ExitCode.DONE && exitCode != ExitCode.DONE_IN_PART) {
            throw new Broken(exitCode);
        }
        JsonNode document = parsed(printed.toString(StandardCharsets.UTF_8));
        runs.set(command, document);
        return document.path("result");
    }

    /** The rows of the lake's answer to {@code sql}, as text. */
    JsonNode asks(String sql) {
        return does("sql", "--format", "json", sql).path("answer");
    }

    /** As {@link #asks(String)}, of the state that {@code asOf} names. */
    JsonNode asks(String sql, String asOf) {
        return does("sql", "--format", "json", "--as-of", asOf, sql).path("answer");
    }

    /** What the commands printed, under their names; of a command that was given twice, the last. */
    ObjectNode runs() {
        return runs;
    }

    private static JsonNode parsed(String document) {
        try {
            return document.isBlank() ? MissingNode.getInstance() : JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a command did not print a JSON document", e);
        }
    }
}
