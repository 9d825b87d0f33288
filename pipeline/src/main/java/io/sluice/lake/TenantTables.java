package io.sluice.lake;

import io.sluice.lineage.LineageEdge;
import io.sluice.lineage.LineageEdge.Access;
import io.sluice.lineage.Run;
import io.sluice.schemas.TableSpec;
import io.sluice.tenant.SluiceException;
import io.sluice.tenant.TenantKey;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The tables of one tenant as one run may touch them: the only handle to storage that a job gets. */
public final class TenantTables {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private final SparkSession spark;
    private final TenantSettings settings;
    private final TenantRoot root;
    private final TenantKeys keys;
    private final Run run;
    private final Set<TableSpec> readable;
    private final Set<TableSpec> writable;
    private final RunTrail trail;

    private TenantTables(SparkSession spark, TenantSettings settings, Run run, Declared declared) {
        this.spark = spark;
        this.settings = settings;
        this.root = TenantRoot.of(settings, spark.sessionState().newHadoopConf());
        this.keys = new TenantKeys(settings, root);
        this.run = run;
        this.trail = new RunTrail(run);
        this.writable = Set.copyOf(declared.writes());
        this.readable = new LinkedHashSet<>(declared.reads());
        this.readable.addAll(declared.writes());
    }

    /** The tables that a job declared to read and to write. */
    public record Declared(List<TableSpec> reads, List<TableSpec> writes) {}

    /** Opens the tables for one run; nothing is created before the first write. */
    public static TenantTables open(SparkSession spark, TenantSettings settings, Run run, Declared declared) {
        return new TenantTables(spark, settings, run, declared);
    }

    public TenantName tenant() {
        return settings.name();
    }

    public String runId() {
        return run.id();
    }

    public Instant startedAt() {
        return run.startedAt();
    }

    /** The tenant's key; a lake on the local disk makes its own when it is first asked for. */
    public TenantKey key() {
        return keys.key();
    }

    /** The redaction policy file configured for this tenant, if there is one. */
    public Optional<Path> policy() {
        return settings.policy();
    }

    /** The right to touch these tables, to be given back; none is needed while nothing is stored. */
    public Optional<Lease> lease(Lease.Kind kind) {
        return isUntouched() ? Optional.empty() : Optional.of(Lease.take(root, run.id(), kind, LONGEST_WAIT));
    }

    /** Whether the table has been created. */
    public boolean exists(TableSpec table) {
        return version(table) != TableLog.ABSENT;
    }

    /** The version that this run reads, pinned when first asked for; -1 if the table is not there. */
    public long version(TableSpec table) {
        refuseUnless(readable, table, "read");
        return trail.pinned(table, () -> new TableLog(spark, root.table(table)).version());
    }

    /** The rows of every data file of a table that is still there, of whatever version, deleted or not. */
    public Dataset<Row> readEver(TableSpec table) {
        refuseUnless(readable, table, "read");
        return exists(table)
                ? spark.read()
                        .schema(table.schema().asNullable())
                        .option("recursiveFileLookup", "true")
                        .option("ignoreCorruptFiles", "true")
                        .option("pathGlobFilter", "*.parquet")
                        .parquet(TenantRoot.literal(root.table(table)))
                : spark.createDataFrame(List.of(), table.schema());
    }

    /** The oldest version that can still be read; the table must be there. */
    public long oldestVersion(TableSpec table) {
        refuseUnless(readable, table, "read");
        return new TableLog(spark, root.table(table)).oldest();
    }

    /**
     * The versions of a table from {@code oldest}, the first that can be read, to {@code last} that hold some of its files, by
     * name, with how many rows each counts for.
     */
    public List<VersionSpan> versionsWith(TableSpec table, Map<String, Long> rowsOfFiles, long oldest, long last) {
        refuseUnless(readable, table, "read");
        return new TableLog(spark, root.table(table)).versionsWith(rowsOfFiles, oldest, last);
    }

    /** Whether all can be cleared that the storage keeps, and files replaced in their places: on local disks and in buckets. */
    public boolean canBeCleared() {
        return root.isLocal() || BucketVersions.of(root).isPresent();
    }

    /** The rows at the pinned version; none, with the declared columns, if the table is not there yet. */
    public Dataset<Row> read(TableSpec table) {
        return read(spark, table);
    }

    /** The rows as they were; fails if the table was not there then. */
    public Dataset<Row> read(TableSpec table, AsOf asOf) {
        return read(spark, table, asOf);
    }

    Dataset<Row> read(SparkSession session, TableSpec table) {
        long version = version(table);
        return version == TableLog.ABSENT
                ? session.createDataFrame(List.of(), table.schema())
                : load(session, table, version);
    }

    Dataset<Row> read(SparkSession session, TableSpec table, AsOf asOf) {
        refuseUnless(readable, table, "read");
        OptionalLong version = new TableLog(spark, root.table(table)).version(asOf);
        if (version.isEmpty()) {
            throw SluiceException.settings(
                    "Cannot read table " + table.name() + " as of " + asOf.text(),
                    "it had no such state, or has it no more",
                    "Leave out --as-of, or name a later state");
        }
        return load(session, table, version.getAsLong());
    }

    private Dataset<Row> load(SparkSession session, TableSpec table, long version) {
        trail.read(table, version);
        return session.read()
                .format("delta")
                .option("versionAsOf", version)
                .load(root.table(table).toString());
    }

    /** Whether nothing was ever stored for this tenant. */
    public boolean isUntouched() {
        return !root.exists();
    }

    /** A read-only query over the tables that the job declared. */
    public TenantQuery query(String sql) {
        return TenantQuery.parse(this, sql);
    }

    /** A small Dataset made of {@code rows} in memory, in the declared column order. */
    public Dataset<Row> rows(TableSpec table, List<Row> rows) {
        return spark.createDataFrame(rows, table.schema());
    }

    /** Appends once per run id, however often the run is tried; the columns of the declaration are selected by name. */
    public Written append(TableSpec table, Dataset<Row> rows) {
        return append(table, rows, Map.entry("run:" + run.id(), trail.nextAppend(table)));
    }

    /** Appends what is true of this try alone, whatever tries with the same run id have appended. */
    public Written appendOfTry(TableSpec table, Dataset<Row> rows) {
        return wrote(table, writer(table).append(TableWriter.shaped(table, rows, run.id()), trail.note()));
    }

    /** The same of a few rows, in one file; of none, nothing is written. */
    public void appendOfTry(TableSpec table, List<Row> rows) {
        if (!rows.isEmpty()) {
            appendOfTry(table, rows(table, rows).coalesce(1));
        }
    }

    /** Appends a batch exactly once, whichever run and however many tries it takes. */
    public Written append(TableSpec table, Dataset<Row> rows, Batch batch) {
        return append(table, rows, Map.entry("stream:" + batch.stream(), batch.number()));
    }

    /** Replaces all rows in one commit. */
    public Written replace(TableSpec table, Dataset<Row> rows) {
        return wrote(table, writer(table).replace(TableWriter.shaped(table, rows, run.id()), trail.note()));
    }

    /** Deletes the rows whose {@code key}, which says nothing about anybody, is one of {@code keys}; earlier versions hold them. */
    public Written erase(TableSpec table, Set<String> keys, String key) {
        return erase(table, keys, key, functions.lit(true));
    }

    /** As {@link #erase(TableSpec, Set, String)}, where {@code condition} holds. */
    public Written erase(TableSpec table, Set<String> keys, String key, Column condition) {
        return wrote(table, writer(table).erase(keys, key, condition, trail.note()));
    }

    /** Changes the rows whose {@code key} is one of {@code keys}, where {@code change} applies; earlier versions hold them as they were. */
    public Written change(TableSpec table, Set<String> keys, String key, RowChange change) {
        return wrote(table, writer(table).change(keys, key, change, trail.note()));
    }

    /** Changes the rows to which {@code change} applies, looking at all. */
    public Written change(TableSpec table, RowChange change) {
        return wrote(table, writer(table).change(change, trail.note()));
    }

    /** Makes earlier versions unreadable, with all that only they hold. */
    public void purge(TableSpec table) {
        refuseUnless(writable, table, "write");
        trail.wrote(table, new TablePurge(spark, table, root.table(table)).purge());
    }

    /** The highest number of a batch of {@code stream} committed to the table, 0 if none was. */
    public long committed(TableSpec table, String stream) {
        refuseUnless(readable, table, "read");
        return new TableLog(spark, root.table(table)).committed("stream:" + stream);
    }

    /** What this run has read and written so far, in that order. */
    public List<LineageEdge> edges() {
        return trail.edges();
    }

    /** The files below paths, folders and patterns, in the order of their names; {@code -} is standard input. */
    public List<CaptureFile> captureFiles(List<String> paths) {
        return CaptureFiles.find(paths, spark.sessionState().newHadoopConf());
    }

    /** Prepares the import of {@code files} into this tenant's landing; nothing is read before it is asked for. */
    public CaptureImport importing(List<CaptureFile> files, CaptureReading reading) {
        files.stream().map(CaptureFile::folder).distinct().forEach(folder -> edge(Access.READ, folder));
        edge(Access.WRITE, root.landing() + "/import-" + run.id() + "-*");
        Spool spool = Spool.of(files, root, run.id());
        return new CaptureImport(
                spark, spool, reading, new Landed(root.landing().toString(), run.id(), run.startedAt()));
    }

    /** Where captures arrive; of each file that is read, the record of the run tells the name. */
    public Landing landing() {
        return new Landing(spark, root, name -> edge(Access.READ, root.landing() + "/" + name));
    }

    /** The same for jobs that repeat no names, which may hold what is to be forgotten. */
    public Landing landingUnnamed() {
        return new Landing(spark, root, name -> edge(Access.READ, root.landing() + "/**"));
    }

    /** Everything that is stored for this tenant. */
    public StoredObjects objects() {
        return new StoredObjects(this);
    }

    /** The record of this tenant's runs. */
    public RunLog runs() {
        return new RunLog(spark, root, run);
    }

    /** The file at {@code place}, a path or URI outside the tables, for a {@code kind} such as report or export. */
    public OutputFile output(String kind, String place) {
        return new OutputFile(this, kind, place);
    }

    /** The file {@code name} in the tenant's evidence folder. */
    public OutputFile evidence(String name) {
        return new OutputFile(this, "evidence", root.evidence() + "/" + name);
    }

    SparkSession spark() {
        return spark;
    }

    TenantRoot root() {
        return root;
    }

    /** Notes that the run read or wrote something that is not a table. */
    void edge(Access access, String object) {
        trail.touched(access, object);
    }

    private Written append(TableSpec table, Dataset<Row> rows, Map.Entry<String, Long> transaction) {
        return wrote(table, writer(table).append(TableWriter.shaped(table, rows, run.id()), trail.note(), transaction));
    }

    private Written wrote(TableSpec table, Written written) {
        trail.wrote(table, written.version());
        return written;
    }

    private TableWriter writer(TableSpec table) {
        refuseUnless(writable, table, "write");
        return new TableWriter(spark, table, root.table(table));
    }

    private void refuseUnless(Set<TableSpec> declared, TableSpec table, String access) {
        if (!declared.contains(table)) {
            throw SluiceException.refused(
                    "Job " + run.job() + " may not " + access + " table " + table.name(),
                    "it does not declare it",
                    "Add the table to what the job declares to " + access);
        }
    }
}
