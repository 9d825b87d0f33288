package io.sluice.jobs;

import io.sluice.scenario.Scenario;
import io.sluice.scenario.ScenarioDocument;
import io.sluice.scenario.Workload;
import io.sluice.schemas.Document;
import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder of scenario documents, as {@code export --format scenario} leaves it. */
record ExportedScenarios(Path folder) {
    private static final String SUFFIX = ".scenario.json";

    /** All of them, in the order of their file names. */
    Workload read() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Scenario> scenarios = files.filter(file -> file.toString().endsWith(SUFFIX))
                    .sorted()
                    .map(ExportedScenarios::read)
                    .toList();
            if (scenarios.isEmpty()) {
                throw SluiceException.refused(
                        "Cannot replay",
                        "the folder holds no file that ends in " + SUFFIX,
                        "Run export --format scenario first");
            }
            return new Workload(scenarios);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario read(Path file) {
        try {
            return ScenarioDocument.read(Files.readString(file));
        } catch (IOException e) {
            throw SluiceException.failed("Cannot read " + file, e.getClass().getSimpleName(), "Check the file")
                    .causedBy(e);
        } catch (Document.Invalid e) {
            throw SluiceException.refused("Cannot replay " + file, String.valueOf(e.getMessage()), "Export it again");
        }
    }
}
