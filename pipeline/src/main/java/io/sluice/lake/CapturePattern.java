package io.sluice.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A pattern for files such as {@code captures/2026-05-??.har}; files below a folder that matches count too. Hadoop's own patterns
 * fail in folders where any name has a colon, as names made of times have.
 */
final class CapturePattern {
    private final Path start;
    private final PathMatcher matcher;

    CapturePattern(Path pattern) throws IOException {
        Path folder = pattern;
        while (hasWildcard(folder.toUri().getPath()) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        start = folder;
        try {
            matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.toUri().getPath());
        } catch (PatternSyntaxException e) {
            throw new FileNotFoundException(e.getDescription());
        }
    }

    /** All files that match, in no particular order; none where the folder above the first wildcard is not there. */
    List<FileStatus> files(FileSystem storage) throws IOException {
        List<FileStatus> files = new ArrayList<>();
        try {
            RemoteIterator<LocatedFileStatus> below = storage.listFiles(start, true);
            while (below.hasNext()) {
                LocatedFileStatus file = below.next();
                if (matches(file.getPath())) {
                    files.add(file);
                }
            }
        } catch (FileNotFoundException nothingThere) {
            return List.of();
        }
        return files;
    }

    private boolean matches(Path file) {
        for (Path path = file; path != null && path.depth() > start.depth(); path = path.getParent()) {
            if (matcher.matches(java.nio.file.Path.of(path.toUri().getPath()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasWildcard(String path) {
        return path.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
    }
}
