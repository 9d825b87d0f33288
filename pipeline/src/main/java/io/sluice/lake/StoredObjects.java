package io.sluice.lake;

import static java.util.stream.Collectors.toSet;

import io.sluice.lineage.LineageEdge.Access;
import io.sluice.schemas.TableSpec;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Everything that lies below the root of a tenant, whoever put it there and whether a table still names it or not. */
public final class StoredObjects {
    /** Where exports lie, as the names of objects begin. */
    public static final String EXPORTS = "exports/";

    /** Where captures arrive. */
    public static final String LANDING = "landing/";

    /** Where tables lie, each in a folder of its name. */
    public static final String TABLES = "tables/";

    private static final List<String> MADE_BY_RUNS =
            List.of(TABLES, EXPORTS, LANDING + LandingReplacement.UNFINISHED, LANDING + LandingReplacement.FINISHED);

    private static final int SLICES_PER_CORE = 4;

    private final TenantTables tables;

    StoredObjects(TenantTables tables) {
        this.tables = tables;
    }

    /** How the names of the objects of a table begin. */
    public static String folderOf(TableSpec table) {
        return TABLES + table.name() + "/";
    }

    /**
     * All objects, hidden files and those of checksums too, and what the storage keeps behind them, earlier versions and marks
     * of deletion; the largest first. Leases, which come and go with runs and are empty, are left out.
     */
    public List<StoredObject> list() {
        List<StoredObject> objects = current();
        Optional<BucketVersions> versions = versions();
        if (versions.isPresent()) {
            Set<String> keys = objects.stream().map(StoredObject::key).collect(toSet());
            objects.addAll(versions.get().besides(keys));
        }
        objects.removeIf(object -> object.key().startsWith(Lease.FOLDER) && object.bytes() == 0);
        objects.sort(Comparator.comparingLong(StoredObject::bytes).reversed().thenComparing(StoredObject::name));
        return objects;
    }

    private List<StoredObject> current() {
        List<StoredObject> objects = new ArrayList<>();
        try {
            if (tables.root().exists()) {
                walk(tables.root(), objects::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return objects;
    }

    private Optional<BucketVersions> versions() {
        return BucketVersions.of(tables.root());
    }

    /** Removes earlier versions that the storage keeps, and with them what says that their objects were deleted. */
    public void removeEarlier(Predicate<StoredObject> which) {
        versions().ifPresent(versions -> versions.remove(which));
    }

    /**
     * Gives up uploads that nobody has finished: those that were among {@link #uploading} {@code before}, and all to tables,
     * exports and what replaces landing files; who makes one has to begin again.
     */
    public void abortUploads(Set<StoredObject> before) {
        versions()
                .ifPresent(versions -> versions.abortUploads(upload ->
                        before.contains(upload) || MADE_BY_RUNS.stream().anyMatch(upload.key()::startsWith)));
    }

    /** What uploads that nobody has finished yet are to become; nobody can read what they hold. */
    public List<StoredObject> uploading() {
        return versions().map(BucketVersions::uploading).orElse(List.of());
    }

    /** What keeps the storage from removing one of {@code which}, in whatever version, if anything does. */
    public Optional<ObjectLock> lock(Predicate<StoredObject> which) {
        return versions().flatMap(versions -> versions.lock(which));
    }

    private static void walk(TenantRoot root, Consumer<StoredObject> each) throws IOException {
        if (root.isLocal()) {
            walkDisk(java.nio.file.Path.of(root.path().toUri().getPath()), each);
            return;
        }
        FilesBelow.each(root.files(), root.path(), file -> {
            String name = root.path().toUri().relativize(file.getPath().toUri()).getPath();
            each.accept(new StoredObject(name, "", file.getLen(), file.getModificationTime()));
        });
    }

    /** Links to folders are not followed, but are objects, those to files as what they lead to: Hadoop would follow all. */
    private static void walkDisk(java.nio.file.Path root, Consumer<StoredObject> each) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(java.nio.file.Path file, BasicFileAttributes own) throws IOException {
                BasicFileAttributes attributes = own.isSymbolicLink() && Files.isRegularFile(file)
                        ? Files.readAttributes(file, BasicFileAttributes.class)
                        : own;
                each.accept(new StoredObject(
                        root.relativize(file).toString(),
                        "",
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(java.nio.file.Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) { // a writer's, and gone
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    /** How many objects are read or rewritten at a time. */
    public int atATime() {
        return tables.spark().sparkContext().defaultParallelism();
    }

    /** Removes what runs that were stopped have left unfinished, and returns its keys; nobody else may be at work. */
    public Set<String> sweep() {
        tables.landing().sweep();
        return new Leftovers(tables.spark(), tables.root()).remove(current());
    }

    private void delete(String name) {
        try {
            tables.root().files().delete(new Path(tables.root().path(), name), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Removes an export that this tenant's root holds; nothing else may be removed in this way. */
    public void removeExport(String name) {
        if (!name.startsWith(EXPORTS) || List.of(name.split("/", -1)).contains("..")) {
            throw new IllegalArgumentException("no export");
        }
        delete(name);
        tables.edge(Access.WRITE, tables.root() + "/" + EXPORTS + "**");
    }

    /** Has each object read on an executor, several at a time, by one of the readings that {@code perTask} makes. */
    public <R extends Serializable> List<R> read(List<StoredObject> objects, PerTask<R> perTask) {
        tables.edge(Access.READ, tables.root() + "/**");
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(tables.spark().sparkContext());
        Broadcast<SerializableConfiguration> hadoop = context.broadcast(
                new SerializableConfiguration(tables.spark().sessionState().newHadoopConf()));
        List<List<StoredObject>> slices =
                dealt(objects, Math.max(1, Math.min(objects.size(), atATime() * SLICES_PER_CORE)));
        return context.parallelize(slices, slices.size())
                .mapPartitions(new Task<>(tables.root().toString(), perTask, hadoop))
                .collect();
    }

    /** Makes what reads the objects of one task. */
    @FunctionalInterface
    public interface PerTask<R extends Serializable> extends Serializable, Supplier<ObjectReading<R>> {}

    /**
     * Has each object rewritten on an executor, and puts the new one in its place in one move: who reads it meanwhile has
     * the old or the new one. Stopped anywhere, either stands there.
     */
    public List<Rewritten> rewrite(List<StoredObject> objects, ObjectRewriting rewriting) {
        tables.edge(Access.WRITE, tables.root() + "/**");
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(tables.spark().sparkContext());
        Broadcast<SerializableConfiguration> hadoop = context.broadcast(
                new SerializableConfiguration(tables.spark().sessionState().newHadoopConf()));
        String root = tables.root().toString();
        List<List<StoredObject>> slices =
                dealt(objects, Math.max(1, Math.min(objects.size(), atATime() * SLICES_PER_CORE)));
        return context.parallelize(slices, slices.size())
                .flatMap(List::iterator)
                .map(object ->
                        new ObjectSwap(TenantRoot.at(root, hadoop.value().value()), object.key()).rewrite(rewriting))
                .collect();
    }

    /** Largest first, one to each slice in turn. */
    private static List<List<StoredObject>> dealt(List<StoredObject> objects, int count) {
        List<List<StoredObject>> slices = Stream.generate(() -> (List<StoredObject>) new ArrayList<StoredObject>())
                .limit(count)
                .toList();
        for (int i = 0; i < objects.size(); i++) {
            slices.get(i % count).add(objects.get(i));
        }
        return slices;
    }

    private static final class Task<R extends Serializable>
            implements FlatMapFunction<Iterator<List<StoredObject>>, R> {
        private static final long serialVersionUID = 1L;
        private static final int SMALL_BYTES = 1 << 20;

        private final String root;
        private final PerTask<R> perTask;
        private final Broadcast<SerializableConfiguration> hadoop;

        Task(String root, PerTask<R> perTask, Broadcast<SerializableConfiguration> hadoop) {
            this.root = root;
            this.perTask = perTask;
            this.hadoop = hadoop;
        }

        @Override
        public Iterator<R> call(Iterator<List<StoredObject>> slices) {
            ObjectReading<R> reading = perTask.get();
            Iterable<List<StoredObject>> all = () -> slices;
            return StreamSupport.stream(all.spliterator(), false)
                    .flatMap(List::stream)
                    .map(object -> reading.read(object.name(), file(object)))
                    .iterator();
        }

        private InputFile file(StoredObject object) {
            InputFile file = whole(object);
            return object.bytes() <= SMALL_BYTES ? new SmallFile(file) : file;
        }

        private InputFile whole(StoredObject object) {
            Configuration configuration = hadoop.value().value();
            if (object.isCurrent()) {
                return new Unopened(new Path(root, object.key()), configuration);
            }
            try {
                return BucketVersions.of(TenantRoot.at(root, configuration))
                        .orElseThrow()
                        .file(object);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A file that is looked up when it is read: one that is gone fails then, to whoever reads it. */
    private record Unopened(Path path, Configuration configuration) implements InputFile {
        @Override
        public long getLength() throws IOException {
            return HadoopInputFile.fromPath(path, configuration).getLength();
        }

        @Override
        public SeekableInputStream newStream() throws IOException {
            return HadoopInputFile.fromPath(path, configuration).newStream();
        }
    }
}
