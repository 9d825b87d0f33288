package io.sluice.tests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** How the files of a folder change while something is done to it, as seen from outside. */
final class FolderChange {
    private final Path folder;
    private final Map<Path, Seen> before;

    private FolderChange(Path folder, Map<Path, Seen> before) {
        this.folder = folder;
        this.before = before;
    }

    /** One file as it stands; written anew, it is another, even with the same name and length. */
    private record Seen(long bytes, String place, long modifiedMillis) {
        private static Seen of(Path file) {
            try {
                BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
                return new Seen(
                        now.size(),
                        String.valueOf(now.fileKey()),
                        now.lastModifiedTime().toMillis());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static FolderChange begin(Path folder) throws IOException {
        return new FolderChange(folder, seen(folder));
    }

    /** Bytes of files that are new or others now, in terms of those that are others now or gone. */
    double writtenToTouched() throws IOException {
        Map<Path, Seen> after = seen(folder);
        return (double) bytesOf(after, before) / bytesOf(before, after);
    }

    /** Of those of {@code files} that are not among {@code others}. */
    private static long bytesOf(Map<Path, Seen> files, Map<Path, Seen> others) {
        return files.entrySet().stream()
                .filter(file -> !file.getValue().equals(others.get(file.getKey())))
                .mapToLong(file -> file.getValue().bytes())
                .sum();
    }

    private static Map<Path, Seen> seen(Path folder) throws IOException {
        Map<Path, Seen> seen = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> seen.put(file, Seen.of(file)));
        }
        return seen;
    }
}
