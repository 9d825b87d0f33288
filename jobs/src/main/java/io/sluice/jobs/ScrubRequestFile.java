package io.sluice.jobs;

import io.sluice.scrub.ScrubRequest;
import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file in which a scrub request is given: never an argument, for arguments are seen by all. */
final class ScrubRequestFile {
    private ScrubRequestFile() {}

    static ScrubRequest read(Path file) {
        try {
            return ScrubRequest.read(Files.readString(file));
        } catch (IOException e) {
            throw unusable(file, "the file cannot be read as text");
        } catch (ScrubRequest.Unusable e) {
            throw unusable(file, String.valueOf(e.getMessage()));
        }
    }

    private static SluiceException unusable(Path file, String why) {
        return SluiceException.settings(
                "Cannot use the scrub request " + file, why, "Correct the file; schemas/README.md shows its schema");
    }
}
