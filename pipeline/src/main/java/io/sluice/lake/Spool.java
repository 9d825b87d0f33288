package io.sluice.lake;

import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of an import as executors can read them: standard input, which only the driver has, is kept within the tenant
 * until the import is over.
 */
final class Spool implements AutoCloseable {
    private final FileSystem storage;
    private final Path kept;
    /** How names begin of what an import holds that is not finished, and how they end. */
    static final String IMPORT = "_import-";

    static final String INPUT = "_stdin-";
    static final String UNFINISHED = ".tmp";

    private final List<CaptureFile> files;

    private Spool(FileSystem storage, Path kept, List<CaptureFile> files) {
        this.storage = storage;
        this.kept = kept;
        this.files = files;
    }

    static Spool of(List<CaptureFile> files, TenantRoot root, String runId) {
        Path kept = new Path(root.landing(), INPUT + runId + UNFINISHED);
        Spool spool = new Spool(root.files(), kept, new ArrayList<>());
        try {
            spool.forget(new Path(root.landing(), IMPORT + runId + "-*" + UNFINISHED));
            for (CaptureFile file : files) {
                spool.files.add(file.uri().equals(CaptureFiles.STANDARD_INPUT) ? spool.keep(System.in) : file);
            }
            return spool;
        } catch (IOException e) {
            spool.close();
            throw SluiceException.failed(
                            "Cannot write below " + root.landing(),
                            "the storage refused it",
                            "Check that the disk has room and may be written to")
                    .causedBy(e);
        }
    }

    List<CaptureFile> files() {
        return files;
    }

    @Override
    public void close() {
        try {
            storage.delete(kept, false);
        } catch (IOException e) {
            throw SluiceException.failed(
                            "Cannot delete " + kept,
                            "the storage refused it",
                            "Delete it by hand, since it holds captured traffic")
                    .causedBy(e);
        }
    }

    private CaptureFile keep(InputStream in) throws IOException {
        try (OutputStream out = storage.create(kept, true)) {
            in.transferTo(out);
        }
        FileStatus status = storage.getFileStatus(kept);
        return new CaptureFile(kept.toUri().toString(), "stdin", status.getLen(), 0, true);
    }

    /** Deletes what an earlier try of this run left half written. */
    private void forget(Path pattern) throws IOException {
        FileStatus[] left = storage.globStatus(pattern);
        if (left != null) {
            for (FileStatus file : left) {
                storage.delete(file.getPath(), false);
            }
        }
    }
}
