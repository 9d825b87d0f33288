package io.sluice.tests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.jobs.Console;
import io.sluice.jobs.JobsMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a command left behind: exit code, standard output, standard error. */
public record Outcome(int exitCode, String output, String messages) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Runs a command line in this process, on its one Spark session. */
    public static Outcome of(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = JobsMain.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                arguments);
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The run document on standard output. */
    public JsonNode document() {
        try {
            return JSON.readTree(output);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON document but: " + output + "\n" + messages, e);
        }
    }

    /** The result in the run document. */
    public JsonNode result() {
        return document().path("result");
    }
}
