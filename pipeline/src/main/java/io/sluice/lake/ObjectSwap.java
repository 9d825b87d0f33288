package io.sluice.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/** Replaces one object on a local disk by a new one of the same name. */
final class ObjectSwap {
    /** How the name of a file ends that is not in its place yet. */
    static final String UNFINISHED = ".scrubbing";

    private final String name;
    private final Path old;
    private final Path fresh;
    private final Configuration configuration;

    ObjectSwap(String root, String name, Configuration configuration) {
        this.name = name;
        this.old = new Path(root, name);
        this.fresh = new Path(old.getParent(), "." + old.getName() + UNFINISHED);
        this.configuration = configuration;
    }

    Rewritten rewrite(ObjectRewriting rewriting) throws IOException {
        java.nio.file.Path unfinished = java.nio.file.Path.of(fresh.toUri().getPath());
        try {
            Files.deleteIfExists(unfinished); // of a try that was stopped
            Rewritten.Change change = rewriting.rewrite(
                    name, HadoopInputFile.fromPath(old, configuration), new FreshObject(fresh, configuration));
            if (change == Rewritten.Change.REPLACED) {
                java.nio.file.Path place = java.nio.file.Path.of(old.toUri().getPath());
                Files.deleteIfExists(checksum(place)); // else it would tell of the old bytes
                Files.move(unfinished, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return new Rewritten(name, change);
        } finally {
            Files.deleteIfExists(unfinished);
            Files.deleteIfExists(checksum(unfinished));
        }
    }

    /** Where Hadoop keeps the checksums of a local file. */
    private static java.nio.file.Path checksum(java.nio.file.Path file) {
        return file.resolveSibling("." + file.getFileName() + ".crc");
    }
}
