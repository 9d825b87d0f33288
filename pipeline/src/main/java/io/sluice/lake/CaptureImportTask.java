package io.sluice.lake;

import io.sluice.schemas.RejectTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** Imports batches of capture files on an executor; its rows are one per file, one per reject, one per batch. */
final class CaptureImportTask implements FlatMapFunction<Iterator<List<CaptureFile>>, Row> {
    private static final long serialVersionUID = 1L;

    static final String READ = "read";
    static final String FOUND = "found";
    static final String IMPORTED = "imported";
    static final String REJECTED = "rejected";
    static final String SKIPPED = "skipped";
    static final String LANDING_FILES = "landing_files";

    static final StructType OUTCOME = new StructType()
            .add(RejectTable.STAGE, DataTypes.StringType)
            .add(RejectTable.REASON, DataTypes.StringType)
            .add(RejectTable.DETAIL, DataTypes.StringType)
            .add(RejectTable.SOURCE_FORMAT, DataTypes.StringType)
            .add(RejectTable.SOURCE_OBJECT, DataTypes.StringType)
            .add(RejectTable.SOURCE_POSITION, DataTypes.LongType)
            .add(RejectTable.SOURCE_OFFSET, DataTypes.LongType)
            .add(READ, DataTypes.LongType)
            .add(FOUND, DataTypes.LongType)
            .add(IMPORTED, DataTypes.LongType)
            .add(REJECTED, DataTypes.LongType)
            .add(SKIPPED, DataTypes.StringType)
            .add(LANDING_FILES, DataTypes.LongType);

    /** More rejects of one file than that are counted, but not listed one by one. */
    static final int LISTED_REJECTS = 10_000;

    private final CaptureReading reading;
    private final Landed where;
    private final Broadcast<SerializableConfiguration> hadoop;

    CaptureImportTask(CaptureReading reading, Landed where, Broadcast<SerializableConfiguration> hadoop) {
        this.reading = reading;
        this.where = where;
        this.hadoop = hadoop;
    }

    @Override
    public Iterator<Row> call(Iterator<List<CaptureFile>> batches) throws IOException {
        List<Row> rows = new ArrayList<>();
        while (batches.hasNext()) {
            batch(batches.next(), rows);
        }
        return rows.iterator();
    }

    private void batch(List<CaptureFile> files, List<Row> rows) throws IOException {
        Configuration configuration = hadoop.value().value();
        Path folder = new Path(where.folder());
        FileSystem storage = folder.getFileSystem(configuration);
        LandingSink sink = new LandingSink(
                storage,
                folder,
                "import-" + where.runId() + "-" + digest(files),
                Long.toString(TaskContext.get().taskAttemptId()));
        try {
            for (CaptureFile file : files) {
                FileRows found = new FileRows(sink);
                CaptureReading.Verdict verdict = read(file, found, configuration);
                found.rejects.forEach(reject -> rows.add(reject(reject, file, verdict.format())));
                rows.add(summary(file, verdict, found));
            }
            sink.close();
        } catch (IOException | RuntimeException | FSError e) { // the last one is how Hadoop tells of a full local disk
            sink.abandon();
            throw e;
        }
        rows.add(RowFactory.create(
                null, null, null, null, null, null, null, 0L, 0L, sink.rows(), 0L, null, (long) sink.files()));
    }

    private CaptureReading.Verdict read(CaptureFile file, FileRows found, Configuration configuration)
            throws IOException {
        Path path = new Path(URI.create(file.uri()));
        InputStream opened;
        try {
            opened = path.getFileSystem(configuration).open(path);
        } catch (FileNotFoundException | AccessDeniedException e) {
            found.reject(new CaptureReading.Reject(
                    "unreadable", "The file was found, but is gone or may not be read", null, null));
            return new CaptureReading.Verdict(null, null);
        }
        try (InputStream in = new StorageStream(opened)) {
            return reading.read(in, file, found);
        }
    }

    private Row reject(CaptureReading.Reject reject, CaptureFile file, @Nullable String format) {
        return RowFactory.create(
                "import",
                reject.reason(),
                reject.detail(),
                format,
                file.name(),
                reject.position(),
                reject.offset(),
                0L,
                0L,
                0L,
                0L,
                null,
                0L);
    }

    private static Row summary(CaptureFile file, CaptureReading.Verdict verdict, FileRows found) {
        return RowFactory.create(
                null,
                null,
                null,
                verdict.format(),
                file.name(),
                null,
                null,
                1L,
                found.landed + found.rejected,
                0L,
                found.rejected,
                verdict.skipped(),
                0L);
    }

    /** Stands for the very files of a batch, so that a name never stands for other rows. */
    private static String digest(List<CaptureFile> files) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            files.forEach(file -> sha.update(file.toString().getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** What comes out of one file. */
    private static final class FileRows implements CaptureReading.Rows {
        private final LandingSink sink;
        private final List<CaptureReading.Reject> rejects = new ArrayList<>();
        private long landed;
        private long rejected;

        FileRows(LandingSink sink) {
            this.sink = sink;
        }

        @Override
        public void land(@Nullable Object[] row) throws IOException {
            sink.write(row);
            landed++;
        }

        @Override
        public void reject(CaptureReading.Reject reject) {
            rejected++;
            if (rejects.size() < LISTED_REJECTS) {
                rejects.add(reject);
            } else if (rejects.size() == LISTED_REJECTS) {
                rejects.add(new CaptureReading.Reject(
                        "further_rejects",
                        "More pieces of this file were rejected from here on than are listed one by one",
                        reject.position(),
                        reject.offset()));
            }
        }
    }
}
