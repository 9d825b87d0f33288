package io.sluice.jobs;

import io.sluice.scrub.ScrubRequest;
import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file in which a scrub request is given: never an argument, for arguments are seen by all. */
final class ScrubRequestFile {
    private static final long MOST_BYTES = 64 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ScrubRequestFile() {}

    static ScrubRequest read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unusable(file, "it has more than " + MOST_BYTES + " bytes");
            }
            String text = Files.readString(file);
            return ScrubRequest.read(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
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
