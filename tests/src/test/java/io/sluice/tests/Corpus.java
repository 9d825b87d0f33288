package io.sluice.tests;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Assumptions;

/** One corpus of recorded traffic, kept packed beside the checkout and unpacked where a test wants it. */
public final class Corpus {
    private static final int WINDOW_LOG_MAX = 27;

    private Corpus() {}

    /** Unpacks a corpus below {@code into}; the test is skipped where no recorded traffic lies beside the checkout. */
    public static Path unpack(String name, Path into) {
        Path packed = Checkout.recorded("dev")
                .map(folder -> folder.resolve(name + ".tar.zst"))
                .orElseGet(() -> Assumptions.abort("no recorded traffic beside the checkout"));
        try (InputStream file = new BufferedInputStream(Files.newInputStream(packed));
                ZstdInputStream plain = new ZstdInputStream(file).setLongMax(WINDOW_LOG_MAX);
                TarArchiveInputStream tar = new TarArchiveInputStream(plain)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                copy(tar, entry, into);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + name, e);
        }
        return into;
    }

    private static void copy(InputStream from, TarArchiveEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("an entry would leave the folder");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
        } else if (entry.isFile()) {
            Files.createDirectories(target.getParent());
            Files.copy(from, target);
        }
    }
}
