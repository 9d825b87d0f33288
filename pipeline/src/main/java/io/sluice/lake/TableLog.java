package io.sluice.lake;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_extract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaHistoryManager;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import scala.Option;

/** The transaction log of one Delta table: which version is the newest, who committed it, what was committed once. */
final class TableLog {
    /** The version of a table that is not there. */
    static final long ABSENT = -1;

    /** Of commits at a time, each of which is a request to the storage. */
    private static final int READERS = 16;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String COMMIT = "%020d.json";
    private static final Pattern VERSION = Pattern.compile("\\d{20}\\..*");
    private static final Pattern COMMITTED = Pattern.compile("\\d{20}\\.json");
    private static final Pattern VERB = Pattern.compile("\\{\\s*\"([^\"]+)\"");
    private static final Pattern DATA = Pattern.compile("\"path\":\"(?:[^\"]*/)?([^\"/]+)\"");
    private static final Pattern CHECKPOINT = Pattern.compile("(\\d{20})\\.checkpoint.*");

    private final SparkSession spark;
    private final Path table;

    TableLog(SparkSession spark, Path table) {
        this.spark = spark;
        this.table = table;
    }

    /** The newest version, {@link #ABSENT} if there is no table. */
    long version() {
        return newest().version();
    }

    /** Whether the folder of the log is there without a commit, as where a run ended ahead of the first one. */
    boolean isEmpty() {
        try {
            Path folder = log().logPath();
            FileSystem files = folder.getFileSystem(spark.sessionState().newHadoopConf());
            return files.exists(folder)
                    && Arrays.stream(files.listStatus(folder))
                            .noneMatch(file ->
                                    VERSION.matcher(file.getPath().getName()).matches());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the first commit of this log into {@code other}, unless that has one. */
    void copyFirstCommit(TableLog other) {
        DeltaLog from = log();
        DeltaLog to = other.log();
        Configuration hadoop = spark.sessionState().newHadoopConf();
        to.store()
                .write(
                        new Path(to.logPath(), COMMIT.formatted(0)),
                        from.store()
                                .read(new Path(from.logPath(), COMMIT.formatted(0)), hadoop)
                                .iterator(),
                        false,
                        hadoop);
    }

    /** The oldest version that can still be read: from the first commit, or a checkpoint, all that follow are there. */
    long oldest() {
        Set<String> names = names();
        long newest = version();
        long first = newest;
        while (first > 0 && names.contains(COMMIT.formatted(first - 1))) {
            first--;
        }
        long before = first - 1;
        return first == 0
                ? 0
                : names.stream()
                        .map(CHECKPOINT::matcher)
                        .filter(Matcher::matches)
                        .mapToLong(name -> Long.parseLong(name.group(1)))
                        .filter(checkpoint -> checkpoint >= before)
                        .min()
                        .orElse(newest);
    }

    private Set<String> names() {
        try {
            Path folder = log().logPath();
            return Arrays.stream(folder.getFileSystem(spark.sessionState().newHadoopConf())
                            .listStatus(folder))
                    .map(file -> file.getPath().getName())
                    .collect(toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of {@code files}, names of data files, that a commit names, or the newest version. */
    Set<String> naming(Set<String> files) {
        Set<String> named = new HashSet<>();
        actions(files).forEach(action -> named.add(action.file()));
        Snapshot newest = newest();
        named.addAll(among(files, newest.allFiles().toDF()));
        named.addAll(among(files, newest.tombstones().toDF()));
        return named;
    }

    /**
     * The versions from {@code oldest}, the first that can be read, to {@code last} that hold files of {@code rows}, by name,
     * with how many rows each counts for.
     */
    List<VersionSpan> versionsWith(Map<String, Long> rows, long oldest, long last) {
        List<String> staying = oldest == 0 // then every file was added by a commit that is there
                ? List.of()
                : among(rows.keySet(), newest().allFiles().toDF());
        return new FileSpans(rows, actions(rows.keySet())).between(oldest, last, Set.copyOf(staying));
    }

    /** Those of {@code files}, by name, of which {@code actions} tell by their paths. */
    private static List<String> among(Set<String> files, Dataset<Row> actions) {
        return actions.select(regexp_extract(col("path"), "[^/]*$", 0).as("name"))
                .where(col("name").isInCollection(files))
                .as(Encoders.STRING())
                .collectAsList();
    }

    /** What a commit did with a data file, e.g. {@code add} it. */
    record Action(long version, String verb, String file) {}

    /** What the commits that are there did with {@code files}, names of data files; the oldest first. */
    List<Action> actions(Set<String> files) {
        List<String> commits = names().stream()
                .filter(name -> COMMITTED.matcher(name).matches())
                .sorted()
                .toList();
        ForkJoinPool readers = new ForkJoinPool(READERS);
        try {
            return readers.submit(() -> commits.parallelStream()
                            .flatMap(commit -> actions(commit, files).stream())
                            .toList())
                    .join();
        } finally {
            readers.shutdown();
        }
    }

    private List<Action> actions(String commit, Set<String> files) {
        long version = Long.parseLong(commit.substring(0, commit.indexOf('.')));
        List<Action> actions = new ArrayList<>();
        try (BufferedReader lines = open(commit)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher verb = VERB.matcher(line);
                Matcher data = DATA.matcher(line);
                if (verb.lookingAt() && data.find() && files.contains(data.group(1))) {
                    actions.add(new Action(version, verb.group(1), data.group(1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return actions;
    }

    /** The version that {@code asOf} means, if the table had that state and still has. */
    OptionalLong version(AsOf asOf) {
        DeltaHistoryManager history = log().history();
        try {
            if (asOf instanceof AsOf.Version version) {
                history.checkVersionExists(version.number(), Option.empty(), true, false);
                return OptionalLong.of(version.number());
            }
            Timestamp instant = Timestamp.from(((AsOf.At) asOf).instant());
            return OptionalLong.of(history.getActiveCommitAtTime(instant, Option.empty(), true, true, false)
                    .version());
        } catch (Exception e) {
            if (e instanceof AnalysisException) { // Scala does not declare that it throws this one
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    /** The highest number committed under a transaction id, 0 if none was. */
    long committed(String transaction) {
        Option<Object> number = newest().transactions().get(transaction);
        return number.isEmpty() ? 0 : (Long) number.get();
    }

    /** What the commit of {@code version} says about itself: {@code userMetadata}, {@code operationMetrics} ... */
    JsonNode commit(long version) {
        try (BufferedReader lines = open(COMMIT.formatted(version))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode note = JSON.readTree(line).path("commitInfo");
                if (!note.isMissingNode()) {
                    return note;
                }
            }
            return JSON.missingNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BufferedReader open(String commit) throws IOException {
        Path file = new Path(log().logPath(), commit);
        return new BufferedReader(new InputStreamReader(
                file.getFileSystem(spark.sessionState().newHadoopConf()).open(file), StandardCharsets.UTF_8));
    }

    private Snapshot newest() {
        return log().update(false, Option.empty(), Option.empty());
    }

    private DeltaLog log() {
        return DeltaLog.forTable(spark, table);
    }
}
