package io.sluice.lake;

import io.sluice.schemas.ExchangeTable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Tells a landing file that is damaged behind its footer from trouble with the storage, by reading it to its end. */
final class LandingProbe {
    private static final String READ_FAILURE = "FAILED_READ_FILE";
    private static final int BUFFER_BYTES = 1 << 20;

    private final TenantRoot root;

    LandingProbe(TenantRoot root) {
        this.root = root;
    }

    /** Whether {@code failure} came of a file that could not be read. */
    static boolean isReadFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable spark
                    && spark.getCondition() != null
                    && spark.getCondition().startsWith(READ_FAILURE)) {
                return true;
            }
        }
        return false;
    }

    /** Why {@code object}, whose rows are {@code rows}, is refused; nothing where it is sound or cannot be fetched. */
    Optional<LandingCheck> damage(LandingObject object, Dataset<Row> rows) {
        if (isReadable(rows) || !isFetched(object)) {
            return Optional.empty();
        }
        List<String> columns = Stream.of(ExchangeTable.landingSchema().fieldNames())
                .filter(column -> !isReadable(rows.select(column)))
                .toList();
        return Optional.of(LandingCheck.rejected(
                object,
                "damaged_parquet",
                "The file is damaged behind a sound footer, in "
                        + (columns.size() == 1 ? "column " : "columns ")
                        + String.join(", ", columns)
                        + "; it is looked at again when its length or time changes"));
    }

    private static boolean isReadable(Dataset<Row> rows) {
        try {
            rows.write().format("noop").mode("overwrite").save();
            return true;
        } catch (Exception e) {
            if (isReadFailure(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether the storage gives all bytes of the file, so that it is these that are wrong. */
    private boolean isFetched(LandingObject object) {
        byte[] buffer = new byte[BUFFER_BYTES];
        long fetched = 0;
        try (InputStream in = root.files().open(new Path(root.landing(), object.name()))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                fetched += read;
            }
        } catch (IOException unreachable) {
            return false;
        }
        return fetched == object.bytes();
    }
}
