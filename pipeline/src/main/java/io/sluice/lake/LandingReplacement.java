package io.sluice.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
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

    private final SparkSession spark;
    private final TenantRoot root;

    LandingReplacement(SparkSession spark, TenantRoot root) {
        this.spark = spark;
        this.root = root;
    }

    /** Those of {@code files}, all that are there, whose place another of them has taken. */
    static Set<LandingObject> replaced(List<LandingObject> files) {
        Set<String> names = files.stream().map(LandingObject::name).collect(Collectors.toSet());
        return files.stream().filter(file -> names.contains(successor(file))).collect(Collectors.toSet());
    }

    private static String successor(LandingObject file) {
        return "scrubbed-" + mark(file) + ".parquet"; // the old name may hold a value too
    }

    /** One that lands later under the same name has another. */
    private static String mark(LandingObject file) {
        String told = file.name() + "\n" + file.bytes() + "\n" + file.modifiedAt();
        return UUID.nameUUIDFromBytes(told.getBytes(UTF_8)).toString();
    }

    /**
     * Writes a file anew; statistics and dictionaries are made anew, so that nothing of what is gone is left in them. Ingest
     * takes the new file and finds what it has already.
     */
    void replace(LandingObject file, UnaryOperator<Dataset<Row>> change) {
        Path unfinished = new Path(root.landing(), UNFINISHED + mark(file));
        try {
            Dataset<Row> rows = spark.read()
                    .option("datetimeRebaseMode", "CORRECTED")
                    .option("int96RebaseMode", "CORRECTED")
                    .parquet(path(file.name()).toString());
            change.apply(rows)
                    .coalesce(1)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .option("compression", "zstd")
                    .parquet(unfinished.toString());
            Path fresh = path(successor(file));
            if (!root.files().rename(onlyPart(unfinished), fresh)) {
                throw new IOException("cannot rename what is to be " + fresh);
            }
            remove(file);
            root.files().delete(unfinished, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
