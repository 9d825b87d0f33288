package io.sluice.lake;

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

    /** Tells of each; where there are none as yet fails with {@link java.io.FileNotFoundException}. */
    static void each(FileSystem storage, Path folder, Consumer<FileStatus> told) throws IOException {
        if (storage.getScheme().equals(DISK)) { // to list them at once, Hadoop starts a process for each file of a disk
            for (FileStatus child : storage.listStatus(folder)) {
                if (child.isDirectory()) {
                    each(storage, child.getPath(), told);
                } else {
                    told.accept(child);
                }
            }
            return;
        }
        RemoteIterator<LocatedFileStatus> found = storage.listFiles(folder, true);
        while (found.hasNext()) {
            told.accept(found.next());
        }
    }
}
