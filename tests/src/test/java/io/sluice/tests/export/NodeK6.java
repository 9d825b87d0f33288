package io.sluice.tests.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of k6's interface that an exported script uses, on Node, since k6 itself is not in the registries. */
public final class NodeK6 {
    private static final Pattern SUMMARY = Pattern.compile("checks passed (\\d+) failed (\\d+)");

    private final Path folder;

    private NodeK6(Path folder) {
        this.folder = folder;
    }

    /** How many checks passed and failed. */
    public record Outcome(long passed, long failed) {}

    static boolean isHere() {
        try {
            return new ProcessBuilder("node", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Lays the modules that the script imports beside it. */
    public static NodeK6 in(Path folder) throws IOException {
        Path module = Files.createDirectories(folder.resolve("node_modules").resolve("k6"));
        for (String file : List.of("package.json", "index.mjs", "http.mjs", "request.mjs", "run.mjs")) {
            try (InputStream in = Objects.requireNonNull(NodeK6.class.getResourceAsStream("k6/" + file), file)) {
                Files.copy(in, module.resolve(file));
            }
        }
        return new NodeK6(folder);
    }

    /** Plays each scenario function of the script once against {@code baseUrl}. */
    public Outcome run(Path script, String baseUrl) throws IOException, InterruptedException {
        Path asModule = Files.copy(script, folder.resolve("workload.mjs"));
        Path runner = folder.resolve("node_modules/k6/run.mjs");
        String printed = ToolProcess.run(folder, List.of("node", runner.toString(), asModule.toString(), baseUrl));
        Matcher summary = SUMMARY.matcher(printed);
        if (!summary.find()) {
            throw new AssertionError("no summary in: " + printed);
        }
        return new Outcome(Long.parseLong(summary.group(1)), Long.parseLong(summary.group(2)));
    }
}
