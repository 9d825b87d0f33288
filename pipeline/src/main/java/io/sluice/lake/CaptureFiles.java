package io.sluice.lake;

import io.sluice.tenant.SluiceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Finds the files below the paths, folders and patterns that a user named, on disk or object storage. */
final class CaptureFiles {
    /** How standard input is named on the command line. */
    static final String STANDARD_INPUT = "-";

    private static final Pattern WITH_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:/.*", Pattern.DOTALL);
    private static final String NEXT = "Check the spelling, and that it can be read from here";

    private final Configuration hadoop;
    private final Map<String, CaptureFile> found = new TreeMap<>();

    private CaptureFiles(Configuration hadoop) {
        this.hadoop = hadoop;
    }

    /** All files, each once, in the order of their names; settings errors for paths that lead nowhere. */
    static List<CaptureFile> find(List<String> paths, Configuration hadoop) {
        CaptureFiles files = new CaptureFiles(hadoop);
        for (String path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                files.found.put(path, new CaptureFile(path, "stdin", 0, 0, true));
                continue;
            }
            try {
                files.add(path);
            } catch (IOException e) {
                throw SluiceException.settings("Cannot read " + path, reason(e), NEXT)
                        .causedBy(e);
            }
        }
        return List.copyOf(files.found.values());
    }

    private void add(String text) throws IOException {
        Path path = WITH_SCHEME.matcher(text).matches()
                ? new Path(text)
                : new Path(
                        java.nio.file.Path.of(text).toAbsolutePath().normalize().toUri());
        FileSystem storage = path.getFileSystem(hadoop);
        List<FileStatus> matches = matches(storage, path);
        if (matches.isEmpty()) {
            throw new FileNotFoundException("there is no such file or folder");
        }
        for (FileStatus match : matches) {
            if (match.isDirectory()) {
                addBelow(storage, match.getPath());
            } else {
                add(match, match.getPath().equals(storage.makeQualified(path)));
            }
        }
    }

    /** A name with brackets or stars may well be the name of a file. */
    private static List<FileStatus> matches(FileSystem storage, Path path) throws IOException {
        try {
            return List.of(storage.getFileStatus(path));
        } catch (FileNotFoundException notLiteral) {
            return new CapturePattern(path).matches(storage);
        }
    }

    private void addBelow(FileSystem storage, Path folder) throws IOException {
        List<FileStatus> files = new ArrayList<>();
        FilesBelow.each(storage, folder, files::add);
        files.sort(Comparator.comparing(FileStatus::getPath));
        for (FileStatus file : files) {
            add(file, false);
        }
    }

    private void add(FileStatus file, boolean named) {
        String uri = file.getPath().toUri().toString();
        CaptureFile known = found.get(uri);
        boolean asked = named || (known != null && known.named());
        found.put(
                uri, new CaptureFile(uri, file.getPath().toString(), file.getLen(), file.getModificationTime(), asked));
    }

    private static String reason(IOException e) {
        if (e instanceof FileNotFoundException) {
            return "there is no such file or folder";
        }
        String kind = e.getClass().getSimpleName();
        return kind.contains("AccessControl") || kind.contains("AccessDenied")
                ? "access is denied"
                : "it cannot be read";
    }
}
