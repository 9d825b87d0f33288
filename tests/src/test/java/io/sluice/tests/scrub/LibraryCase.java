package io.sluice.tests.scrub;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Begins each test with a library of its own, just recorded. */
abstract class LibraryCase {
    @TempDir
    Path folder = Path.of("");

    Library library = new Library(folder);

    @BeforeEach
    void recordsReaders() throws IOException {
        library = Library.recorded(folder);
    }
}
