package io.sluice.lake;

import static java.util.stream.Collectors.joining;

import io.delta.tables.DeltaTable;
import io.sluice.schemas.TableSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import scala.Console;
import scala.Option;

/**
 * Leaves of a Delta table only what its newest version needs: no deleted row behind a deletion vector, no file and no
 * log entry of an earlier version. Earlier versions cannot be read afterwards. What it was stopped in, it does again.
 */
final class TablePurge {
    private static final String RETENTION_CHECK = "spark.databricks.delta.retentionDurationCheck.enabled";
    private static final String LOGGED = "spark.databricks.delta.vacuum.logging.enabled";
    private static final Pattern LOG_OBJECT = Pattern.compile("(\\d{20})\\..*");

    private final SparkSession spark;
    private final TableSpec spec;
    private final Path table;

    TablePurge(SparkSession spark, TableSpec spec, Path table) {
        this.spark = spark;
        this.spec = spec;
        this.table = table;
    }

    /** Returns the version that is left. Log first: stopped anywhere, no version is left that lacks a file. */
    long purge() {
        DeltaLog log = DeltaLog.forTable(spark, table);
        if (hasDeletionVectors(newest(log))) {
            applyDeletionVectors();
        }
        cluster();
        declare();
        Snapshot newest = newest(log);
        log.checkpoint(newest, Option.empty());
        try {
            removeLogBelow(log.logPath(), newest.version());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        vacuumAll();
        DeltaLog.clearCache();
        return newest.version();
    }

    private static Snapshot newest(DeltaLog log) {
        return log.update(false, Option.empty(), Option.empty());
    }

    private static boolean hasDeletionVectors(Snapshot snapshot) {
        return !snapshot.allFiles().filter("deletionVector IS NOT NULL").isEmpty();
    }

    /** Writes files with deleted rows anew. Of a clustered table, Delta would leave out those it finds well clustered. */
    private void applyDeletionVectors() {
        spark.sql("ALTER TABLE " + name() + " CLUSTER BY NONE");
        spark.sql("REORG TABLE " + name() + " APPLY (PURGE)");
    }

    /** As the table is declared: an earlier release may have had it otherwise, or a purge was stopped. */
    private void cluster() {
        Row detail = spark.sql("DESCRIBE DETAIL " + name())
                .select("clusteringColumns", "properties")
                .first();
        List<String> keys = detail.getList(0);
        if (keys.equals(spec.clusteringKeys())) {
            return;
        }
        if (!keys.isEmpty()) {
            spark.sql("ALTER TABLE " + name() + " CLUSTER BY NONE");
        }
        if (!detail.getJavaMap(1)
                .entrySet()
                .containsAll(TableCreation.properties(spec).entrySet())) { // keys must have statistics
            declare();
        }
        spark.sql("ALTER TABLE " + name() + " CLUSTER BY (" + String.join(", ", spec.clusteringKeys()) + ")");
    }

    /** Sets the declared properties: the newest commit, which stays, then tells of nothing else, such as what was deleted. */
    private void declare() {
        spark.sql("ALTER TABLE " + name() + " SET TBLPROPERTIES ("
                + TableCreation.properties(spec).entrySet().stream()
                        .map(property -> "'" + property.getKey() + "' = '" + property.getValue() + "'")
                        .collect(joining(", "))
                + ")");
    }

    private String name() {
        return "delta.`" + table.toString().replace("`", "``") + "`";
    }

    private void vacuumAll() {
        spark.conf().set(RETENTION_CHECK, "false");
        spark.conf().set(LOGGED, "false"); // its commits would be two more versions
        try {
            // Delta tells on Scala's console how many files it deleted, of each table again.
            Console.withOut(
                    OutputStream.nullOutputStream(),
                    () -> DeltaTable.forPath(spark, table.toString()).vacuum(0));
        } finally {
            spark.conf().unset(RETENTION_CHECK);
            spark.conf().unset(LOGGED);
        }
    }

    /** A checkpoint of {@code version} stands for everything that the log held before; the oldest goes first. */
    private void removeLogBelow(Path log, long version) throws IOException {
        FileSystem files = log.getFileSystem(spark.sessionState().newHadoopConf());
        List<Path> below = Arrays.stream(files.listStatus(log))
                .filter(file -> file.isFile() && isBelow(version, file.getPath().getName()))
                .map(FileStatus::getPath)
                .sorted()
                .toList();
        for (Path file : below) {
            delete(files, file);
        }
    }

    private static boolean isBelow(long version, String name) {
        Matcher object = LOG_OBJECT.matcher(name);
        return object.matches() && Long.parseLong(object.group(1)) < version;
    }

    private static void delete(FileSystem files, Path file) throws IOException {
        try {
            files.delete(file, false);
        } catch (FileNotFoundException goneAlready) {
            // as it should be
        }
    }
}
