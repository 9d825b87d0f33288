package io.sluice.lake;

import io.sluice.lineage.LineageEdge.Access;
import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** One file beside the tables, at a place the operator named, that is there whole or as it was before. */
public final class OutputFile {
    private final TenantTables tables;
    private final String kind;
    private final String place;

    OutputFile(TenantTables tables, String kind, String place) {
        this.tables = tables;
        this.kind = kind;
        this.place = place;
    }

    /** Writes {@code text} as UTF-8 over whatever stands there and returns the number of bytes. */
    public long write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            Path path = new Path(place);
            FileSystem files = path.getFileSystem(tables.spark().sessionState().newHadoopConf());
            if ("file".equals(files.getScheme())) {
                replace(java.nio.file.Path.of(files.makeQualified(path).toUri()), bytes);
            } else {
                try (OutputStream out = files.create(path, true)) { // an object store shows it when it is closed
                    out.write(bytes);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw SluiceException.failed(
                            "Cannot write " + kind + " to " + place,
                            String.valueOf(e.getMessage()),
                            "Name a file in a folder that can be written")
                    .causedBy(e);
        }
        tables.edge(Access.WRITE, kind + ":" + place);
        return bytes.length;
    }

    private static void replace(java.nio.file.Path file, byte[] bytes) throws IOException {
        java.nio.file.Path folder = Files.createDirectories(file.getParent());
        java.nio.file.Path unfinished = folder.resolve("." + file.getFileName() + ".unfinished");
        try {
            Files.write(unfinished, bytes);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
