package io.sluice.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** The files in a folder and in those below it. */
final class FilesBelow {
    private static final String DISK = "file";

    private FilesBelow() {}

    /** Tells of each; a folder that is not there fails with {@link FileNotFoundException}. */
    static void each(FileSystem storage, Path folder, Consumer<FileStatus> told) throws IOException {
        if (storage.getScheme().equals(DISK)) { // to list them at once, Hadoop starts a process for each file of a disk
            onDisk(storage, folder, told);
            return;
        }
        RemoteIterator<LocatedFileStatus> found = storage.listFiles(folder, true);
        while (found.hasNext()) {
            told.accept(found.next());
        }
    }

    private static void onDisk(FileSystem storage, Path folder, Consumer<FileStatus> told) throws IOException {
        for (FileStatus child : storage.listStatus(folder)) {
            if (!child.isDirectory()) {
                told.accept(child);
                continue;
            }
            try {
                onDisk(storage, child.getPath(), told);
            } catch (FileNotFoundException goneMeanwhile) {
                // as a run's that ended
            }
        }
    }
}
