package io.sluice.lake;

import io.sluice.schemas.TableSpec;
import io.sluice.tenant.SluiceException;
import io.sluice.tenant.TenantSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/** The folder or bucket below which everything of one tenant lies, and the only maker of paths. */
final class TenantRoot {
    private final Path root;
    private final FileSystem files;

    private TenantRoot(Path root, FileSystem files) {
        this.root = root;
        this.files = files;
    }

    static TenantRoot of(TenantSettings settings, Configuration hadoop) {
        try {
            return at(settings.root(), hadoop);
        } catch (IllegalArgumentException | UnsupportedFileSystemException e) {
            throw SluiceException.settings(
                            "Cannot open the lake",
                            settings.root() + " names no storage that is known here",
                            "Give a folder, or a URI that begins with file: or s3a:")
                    .causedBy(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root that another one has written as text. */
    static TenantRoot at(String root, Configuration hadoop) throws IOException {
        Path given = new Path(root);
        FileSystem files = given.getFileSystem(hadoop);
        return new TenantRoot(files.makeQualified(given), files);
    }

    boolean exists() {
        try {
            return files.exists(root);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FileSystem files() {
        return files;
    }

    Path path() {
        return root;
    }

    Path table(TableSpec table) {
        return new Path(root, "tables/" + table.name());
    }

    /** {@code path} for a reader that takes patterns, to whom names may hold what means something in one. */
    static String literal(Path path) {
        return path.toString().replaceAll("[\\[\\]{}*?\\\\]", "\\\\$0");
    }

    Path landing() {
        return new Path(root, "landing");
    }

    Path exports() {
        return new Path(root, "exports");
    }

    Path evidence() {
        return new Path(root, "evidence");
    }

    Path control() {
        return new Path(root, "control");
    }

    /** Whether the root lies on this machine's disk. */
    boolean isLocal() {
        return "file".equals(files.getScheme());
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
