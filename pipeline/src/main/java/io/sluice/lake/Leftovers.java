package io.sluice.lake;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** What runs that were stopped have left unfinished below the root of a tenant; nobody may be at work while it is removed. */
final class Leftovers {
    /** Names under which Hadoop keeps a commit or a checkpoint of Delta, or its checksum, until it is whole. */
    private static final Pattern OF_LOG = Pattern.compile("tables/[^/]+/_delta_log/\\..*\\.tmp(\\.crc)?");

    private static final Pattern DATA = Pattern.compile("(tables/[^/]+)/(?!_delta_log/).*\\.parquet");
    private static final String CHECKSUM = ".crc";
    private static final byte[] END = "PAR1".getBytes(StandardCharsets.US_ASCII);

    private final SparkSession spark;
    private final TenantRoot root;

    Leftovers(SparkSession spark, TenantRoot root) {
        this.spark = spark;
        this.root = root;
    }

    /** Removes those of {@code objects} that were never finished, and returns their keys. */
    Set<String> remove(List<StoredObject> objects) {
        Set<String> unfinished = objects.stream()
                .map(StoredObject::key)
                .filter(Leftovers::isUnfinished)
                .collect(toSet());
        if (root.isLocal()) { // in a bucket, a file is there whole or not at all
            dataWithoutEnd(objects).forEach((table, keys) -> unfinished.addAll(unnamed(table, keys)));
        }
        unfinished.forEach(this::delete);
        return unfinished;
    }

    private static boolean isUnfinished(String key) {
        return key.startsWith(StoredObjects.LANDING + LandingReplacement.UNFINISHED)
                || (key.startsWith(StoredObjects.TABLES)
                        && (key.endsWith(ObjectSwap.UNFINISHED) || key.endsWith(ObjectSwap.UNFINISHED + CHECKSUM)))
                || OF_LOG.matcher(key).matches()
                || (key.endsWith(Spool.UNFINISHED)
                        && Stream.of(Spool.IMPORT, Spool.INPUT)
                                .anyMatch(kind -> key.startsWith(StoredObjects.LANDING + kind)));
    }

    /** Data files that lack their end, as where their writer was stopped, by the folder of their table. */
    private Map<String, Set<String>> dataWithoutEnd(List<StoredObject> objects) {
        return objects.stream()
                .map(StoredObject::key)
                .filter(key -> DATA.matcher(key).matches() && !hasEnd(key))
                .collect(groupingBy(key -> DATA.matcher(key).replaceFirst("$1"), toSet()));
    }

    private boolean hasEnd(String key) {
        java.nio.file.Path file = java.nio.file.Path.of(path(key).toUri().getPath());
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[END.length];
            bytes.seek(Math.max(0, bytes.length() - END.length));
            return bytes.length() > 2L * END.length && bytes.read(end) == END.length && Arrays.equals(end, END);
        } catch (IOException e) { // what cannot be read is told by whoever scans it
            return true;
        }
    }

    /** What a log names is damaged rather than unfinished, and stays to be told of, as does what is of no table. */
    private List<String> unnamed(String table, Set<String> keys) {
        TableLog log = new TableLog(spark, path(table));
        if (log.version() == TableLog.ABSENT) {
            return List.of();
        }
        Set<String> named = log.naming(keys.stream().map(Leftovers::name).collect(toSet()));
        return keys.stream().filter(key -> !named.contains(name(key))).toList();
    }

    private static String name(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private void delete(String key) {
        try {
            root.files().delete(path(key), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path(String key) {
        return new Path(root.path(), key);
    }
}
