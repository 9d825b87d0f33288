package io.sluice.lake;

import io.sluice.lineage.LineageEdge.Access;
import io.sluice.schemas.TableSpec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.InputFile;
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

    private static final int SLICES_PER_CORE = 4;

    private final TenantTables tables;

    StoredObjects(TenantTables tables) {
        this.tables = tables;
    }

    /** How the names of the objects of a table begin. */
    public static String folderOf(TableSpec table) {
        return TABLES + table.name() + "/";
    }

    /** All objects, hidden files and those of checksums too; the largest first. */
    public List<StoredObject> list() {
        TenantRoot root = tables.root();
        FileSystem files = raw(root.files());
        List<StoredObject> objects = new ArrayList<>();
        try {
            RemoteIterator<LocatedFileStatus> found = files.listFiles(root.path(), true);
            while (found.hasNext()) {
                LocatedFileStatus file = found.next();
                objects.add(new StoredObject(
                        root.path().toUri().relativize(file.getPath().toUri()).getPath(),
                        file.getLen(),
                        file.getModificationTime()));
            }
        } catch (FileNotFoundException nothingStored) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        objects.sort(Comparator.comparingLong(StoredObject::bytes).reversed().thenComparing(StoredObject::name));
        return objects;
    }

    /** Removes an export that this tenant's root holds; nothing else may be removed in this way. */
    public void removeExport(String name) {
        if (!name.startsWith(EXPORTS) || name.contains("..")) {
            throw new IllegalArgumentException("no export: an object below " + name.split("/", -1)[0]);
        }
        try {
            tables.root().files().delete(new Path(tables.root().path(), name), false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        tables.edge(Access.WRITE, name);
    }

    /** Has each object read on an executor, several at a time, by one of the readings that {@code perTask} makes. */
    public <R extends Serializable> List<R> read(List<StoredObject> objects, PerTask<R> perTask) {
        tables.edge(Access.READ, tables.root() + "/**");
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(tables.spark().sparkContext());
        Broadcast<SerializableConfiguration> hadoop = context.broadcast(
                new SerializableConfiguration(tables.spark().sessionState().newHadoopConf()));
        List<List<StoredObject>> slices =
                dealt(objects, Math.max(1, Math.min(objects.size(), context.defaultParallelism() * SLICES_PER_CORE)));
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
                dealt(objects, Math.max(1, Math.min(objects.size(), context.defaultParallelism() * SLICES_PER_CORE)));
        return context.parallelize(slices, slices.size())
                .flatMap(List::iterator)
                .map(object ->
                        new ObjectSwap(root, object.name(), hadoop.value().value()).rewrite(rewriting))
                .collect();
    }

    private static FileSystem raw(FileSystem files) {
        return files instanceof ChecksumFileSystem checked ? checked.getRawFileSystem() : files;
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
            Configuration configuration = hadoop.value().value();
            try {
                return HadoopInputFile.fromPath(new Path(root, object.name()), configuration);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
