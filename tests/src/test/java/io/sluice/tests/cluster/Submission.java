package io.sluice.tests.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One run of spark-submit. */
record Submission(Process driver, Path folder, String name) {
    private static final long PATIENCE_SECONDS = 150;

    /** Waits for its end and returns the document on its standard output; fails with its log unless it exits with 0. */
    JsonNode document() throws IOException, InterruptedException {
        if (!driver.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || driver.exitValue() != 0) {
            driver.destroyForcibly();
            throw new AssertionError(name + " failed:\n" + Files.readString(folder.resolve(name + ".err")));
        }
        return new ObjectMapper().readTree(Files.readString(folder.resolve(name + ".out")));
    }
}
