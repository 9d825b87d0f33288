package io.sluice.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Puts landing files in the place of others. The name of each tells whose place it takes: where both lie there, as a run that
 * was stopped leaves them, the old one counts no more.
 */
final class LandingReplacement {
    /** How the names of folders begin in which a file is made. */
    static final String UNFINISHED = "_scrubbing-";

    /** How the names of files begin that took the place of others. */
    static final String FINISHED = "scrubbed-";

    private final SparkSession spark;
    private final TenantRoot root;

    LandingReplacement(SparkSession spark, TenantRoot root) {
        this.spark = spark;
        this.root = root;
    }

    /** Those of {@code files}, all that are there, whose place another of them has taken; in the same order. */
    static Set<LandingObject> replaced(List<LandingObject> files) {
        Map<LandingObject, LandingObject> places = Landing.inPlaceOf(files, files);
        return files.stream().filter(places::containsKey).collect(toCollection(LinkedHashSet::new));
    }

    /** What takes the place of {@code file} is called so. */
    static String successor(LandingObject file) {
        return FINISHED + mark(file) + ".parquet"; // the old name may hold a value too
    }

    /** One that lands later under the same name has another. */
    private static String mark(LandingObject file) {
        String told = file.name() + "\n" + file.bytes() + "\n" + file.modifiedAt();
        return UUID.nameUUIDFromBytes(told.getBytes(UTF_8)).toString();
    }

    /**
     * Writes a file anew; statistics and dictionaries are made anew, so that nothing of what is gone is left in them. A file that
     * Spark cannot read, or that was written anew since it was
     * listed, is left as it is; returns whether it was replaced.
     */
    boolean replace(LandingObject file, UnaryOperator<Dataset<Row>> change) {
        Path unfinished = new Path(root.landing(), UNFINISHED + mark(file));
        try {
            boolean isMade = read(file)
                            .map(rows -> write(change.apply(rows), unfinished))
                            .orElse(false)
                    && isUnchanged(file);
            Path fresh = path(successor(file));
            if (isMade && !root.files().rename(onlyPart(unfinished), fresh)) {
                throw new IOException("cannot rename what is to be " + fresh);
            }
            if (isMade) {
                remove(file);
            }
            root.files().delete(unfinished, true);
            return isMade;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns whether all rows could be read. */
    private static boolean write(Dataset<Row> rows, Path folder) {
        try {
            rows.coalesce(1)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .option("compression", "zstd")
                    .parquet(folder.toString());
            return true;
        } catch (Exception e) { // of kinds that Spark does not declare
            if (LandingProbe.isReadFailure(e)) {
                return false;
            }
            throw e;
        }
    }

    private Optional<Dataset<Row>> read(LandingObject file) {
        try {
            return Optional.of(spark.read()
                    .option("datetimeRebaseMode", "CORRECTED")
                    .option("int96RebaseMode", "CORRECTED")
                    .parquet(TenantRoot.literal(path(file.name()))));
        } catch (Exception unreadable) { // of many kinds: a broken footer, or a type that Spark does not have
            return Optional.empty();
        }
    }

    /** By whole seconds, as some storage tells of one file what it tells of many by the millisecond. */
    private boolean isUnchanged(LandingObject file) throws IOException {
        try {
            FileStatus now = root.files().getFileStatus(path(file.name()));
            return now.getLen() == file.bytes()
                    && now.getModificationTime() / 1000 == file.modifiedAt().getEpochSecond();
        } catch (FileNotFoundException gone) {
            return false;
        }
    }

    /** Removes a file whose place another has taken. */
    void remove(LandingObject file) {
        try {
            root.files().delete(path(file.name()), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path onlyPart(Path folder) throws IOException {
        for (FileStatus part : root.files().listStatus(folder)) {
            if (part.getPath().getName().endsWith(".parquet")) {
                return part.getPath();
            }
        }
        throw new FileNotFoundException(folder.toString());
    }

    private Path path(String name) {
        return new Path(root.landing(), name);
    }
}
