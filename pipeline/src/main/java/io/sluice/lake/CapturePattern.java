package io.sluice.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.PathMatcher;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A pattern for files and folders, such as {@code captures/2026-05-??.har}, matched name by name. Hadoop's own patterns
 * fail in folders where any name has a colon, as names made of times have.
 */
final class CapturePattern {
    private final Path start;
    private final Deque<PathMatcher> names = new ArrayDeque<>();

    CapturePattern(Path pattern) throws IOException {
        Path folder = pattern;
        while (hasWildcard(folder.toUri().getPath()) && folder.getParent() != null) {
            names.push(matcher(folder.getName()));
            folder = folder.getParent();
        }
        start = folder;
    }

    /** What matches, in no particular order; nothing where the folder above the first wildcard is not there. */
    List<FileStatus> matches(FileSystem storage) throws IOException {
        if (names.isEmpty()) {
            return List.of();
        }
        List<FileStatus> matched = new ArrayList<>();
        try {
            matched.add(storage.getFileStatus(start));
        } catch (FileNotFoundException nothingThere) {
            return List.of();
        }
        for (PathMatcher name : names) {
            List<FileStatus> below = new ArrayList<>();
            for (FileStatus folder : matched) {
                if (folder.isDirectory()) {
                    for (FileStatus child : storage.listStatus(folder.getPath())) {
                        if (name.matches(java.nio.file.Path.of(child.getPath().getName()))) {
                            below.add(child);
                        }
                    }
                }
            }
            matched = below;
        }
        return matched;
    }

    private static PathMatcher matcher(String name) throws FileNotFoundException {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + name);
        } catch (PatternSyntaxException e) {
            throw new FileNotFoundException(e.getDescription());
        }
    }

    private static boolean hasWildcard(String path) {
        return path.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
    }
}
