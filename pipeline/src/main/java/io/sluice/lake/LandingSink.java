package io.sluice.lake;

import io.sluice.schemas.ExchangeTable;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.OutputFile;
import org.jspecify.annotations.Nullable;

/**
 * Writes exchanges to landing files, each of which appears only when it is complete: on file systems by renaming, on
 * object storage because an object appears when it is closed. A file that is under way begins with an underscore.
 */
final class LandingSink implements Closeable {
    private static final long FILE_BYTES = 128L << 20;
    private static final long ROW_GROUP_BYTES = 16L << 20;
    private static final int PAGE_BYTES = 1 << 20;
    private static final Set<String> WITHOUT_RENAME = Set.of("s3a", "s3", "gs", "wasb", "wasbs", "oss", "cosn");

    /** Columns of which a dictionary would only cost time. */
    private static final List<String> MOSTLY_DISTINCT = List.of(
            ExchangeTable.REQUEST_BODY,
            ExchangeTable.RESPONSE_BODY,
            ExchangeTable.REQUEST_HEADERS + ".list.element.value",
            ExchangeTable.RESPONSE_HEADERS + ".list.element.value",
            ExchangeTable.CAPTURE_ID,
            ExchangeTable.CAPTURED_AT,
            ExchangeTable.SOURCE_POSITION);

    private final FileSystem storage;
    private final Path folder;
    private final String name;
    private final String attempt;
    private @Nullable ParquetWriter<@Nullable Object[]> open;
    private int files;
    private long rows;

    /**
     * @param name begins the name of every file; the same name must always stand for the same rows
     * @param attempt tells apart tries at the same rows that may run at the same time
     */
    LandingSink(FileSystem storage, Path folder, String name, String attempt) {
        this.storage = storage;
        this.folder = folder;
        this.name = name;
        this.attempt = attempt;
    }

    /** Adds the values of one row, in the order of the landing schema. */
    void write(@Nullable Object[] row) throws IOException {
        ParquetWriter<@Nullable Object[]> writer = open;
        if (writer == null) {
            writer = new Builder(HadoopOutputFile.fromPath(underWay(), storage.getConf())).build();
            open = writer;
        }
        writer.write(row);
        rows++;
        if (writer.getDataSize() >= FILE_BYTES) {
            finish(writer);
        }
    }

    long rows() {
        return rows;
    }

    /** Number of files that are complete. */
    int files() {
        return files;
    }

    /** Completes the file that is under way; not to be called after a failure, so that half a file never appears. */
    @Override
    public void close() throws IOException {
        if (open != null) {
            finish(open);
        }
    }

    /** Deletes the file that is under way, after a failure: it holds captured traffic, and nobody will complete it. */
    void abandon() throws IOException {
        if (!underWay().equals(complete())) {
            storage.delete(underWay(), false);
        }
    }

    private void finish(ParquetWriter<@Nullable Object[]> writer) throws IOException {
        Path written = underWay();
        open = null;
        writer.close();
        if (!written.equals(complete())) {
            // The same rows may be there already from a try that was cut off later.
            storage.delete(complete(), false);
            if (!storage.rename(written, complete())) {
                throw new IOException("cannot rename " + written + " to " + complete());
            }
        }
        files++;
    }

    private Path complete() {
        return new Path(folder, "%s-%05d.parquet".formatted(name, files));
    }

    private Path underWay() {
        if (WITHOUT_RENAME.contains(storage.getUri().getScheme())) {
            return complete();
        }
        return new Path(folder, "_%s-%05d-%s.tmp".formatted(name, files, attempt));
    }

    /** How landing files are written. */
    private static final class Builder extends ParquetWriter.Builder<@Nullable Object[], Builder> {
        Builder(OutputFile file) {
            super(file);
            withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
            withCompressionCodec(CompressionCodecName.ZSTD);
            config("parquet.compression.codec.zstd.level", "1");
            withRowGroupSize(ROW_GROUP_BYTES);
            withPageSize(PAGE_BYTES);
            // Sizes are looked at after each row, since a single one may be larger than all before it.
            withMinRowCountForPageSizeCheck(1);
            withMaxRowCountForPageSizeCheck(1);
            for (String column : MOSTLY_DISTINCT) {
                withDictionaryEncoding(column, false);
            }
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        @SuppressWarnings("deprecation") // Parquet still leaves this one abstract
        protected WriteSupport<@Nullable Object[]> getWriteSupport(Configuration configuration) {
            return new LandingWriteSupport(ExchangeTable.landingSchema());
        }
    }
}
