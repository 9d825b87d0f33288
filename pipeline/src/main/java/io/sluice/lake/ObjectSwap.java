package io.sluice.lake;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;

/** Replaces one object by a new one of the same name: on a local disk by a move, in a bucket by one conditional request. */
final class ObjectSwap {
    /** How the name of a file ends that is not in its place yet. */
    static final String UNFINISHED = ".scrubbing";

    private final TenantRoot root;
    private final String key;
    private final Path old;

    ObjectSwap(TenantRoot root, String key) {
        this.root = root;
        this.key = key;
        this.old = new Path(root.path(), key);
    }

    Rewritten rewrite(ObjectRewriting rewriting) throws IOException {
        return root.isLocal() ? onDisk(rewriting) : inBucket(rewriting);
    }

    private Rewritten onDisk(ObjectRewriting rewriting) throws IOException {
        java.nio.file.Path place = java.nio.file.Path.of(old.toUri().getPath());
        // Of this try alone: another one of the same task may be at it.
        java.nio.file.Path fresh =
                place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
        try {
            Rewritten rewritten = rewrite(rewriting, fresh);
            if (rewritten.change() == Rewritten.Change.REPLACED) {
                Files.deleteIfExists(checksum(place)); // else it would tell of the old bytes
                Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return rewritten;
        } finally {
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(checksum(fresh));
        }
    }

    /** Makes the new object on the executor's disk: in the bucket it would be one more object to look after. */
    private Rewritten inBucket(ObjectRewriting rewriting) throws IOException {
        BucketVersions bucket = BucketVersions.of(root)
                .orElseThrow(() -> new IOException("objects of this storage cannot be replaced"));
        String entityTag = bucket.entityTag(key);
        java.nio.file.Path folder = Files.createTempDirectory("sluice"); // for this user's eyes only
        java.nio.file.Path fresh = folder.resolve("fresh");
        try {
            Rewritten rewritten = rewrite(rewriting, fresh);
            if (rewritten.change() == Rewritten.Change.REPLACED) {
                bucket.replace(key, fresh, entityTag);
            }
            return rewritten;
        } finally {
            Files.deleteIfExists(fresh);
            Files.deleteIfExists(checksum(fresh));
            Files.deleteIfExists(folder);
        }
    }

    private Rewritten rewrite(ObjectRewriting rewriting, java.nio.file.Path fresh) throws IOException {
        Configuration configuration = root.files().getConf();
        InputFile there = HadoopInputFile.fromPath(old, configuration);
        try {
            return rewriting.rewrite(key, there, new FreshObject(new Path(fresh.toUri()), configuration));
        } catch (EOFException | ChecksumException | RuntimeException e) { // of many kinds, as a damaged file has it
            readThrough(there);
            return Rewritten.impossible(key);
        }
    }

    /** Fails where it is not the file that is damaged but the storage that does not give it, which passes. */
    private static void readThrough(InputFile file) throws IOException {
        try (InputStream in = file.newStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (ChecksumException damaged) {
            // its bytes are there, and not those that were written
        }
    }

    /** Where Hadoop keeps the checksums of a local file. */
    private static java.nio.file.Path checksum(java.nio.file.Path file) {
        return file.resolveSibling("." + file.getFileName() + ".crc");
    }
}
