package io.sluice.lake;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.locate;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.url_decode;

import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.LandingObjectTable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The folder in which captures of one tenant arrive as Parquet, from import or from any other agent. */
public final class Landing {
    /** The column in which {@link #read} names the file of each row. */
    public static final String LANDING_OBJECT = "landing_object";

    /** The column in which {@link #read} tells the row of that file, from 0. */
    public static final String LANDING_POSITION = "landing_position";

    private static final String[] KEY_REST = {LandingObjectTable.BYTES, LandingObjectTable.MODIFIED_AT};
    /** What tells a landing file, as it is now, from others. */
    private static final StructType KEY = new StructType()
            .add(field(LandingObjectTable.OBJECT))
            .add(field(KEY_REST[0]))
            .add(field(KEY_REST[1]));

    private static final String ROW_INDEX = "sluice_row_index";
    private static final Set<String> UNDER_WAY = Set.of("tmp", "part", "partial", "inprogress", "crdownload");
    private static final int PARQUET_MAGIC_BYTES = 12;

    private final SparkSession spark;
    private final TenantRoot root;
    private final Consumer<String> reading;

    /** {@code reading} is told the name of each file that is read. */
    Landing(SparkSession spark, TenantRoot root, Consumer<String> reading) {
        this.spark = spark;
        this.root = root;
        this.reading = reading;
    }

    /**
     * The files that are there, oldest first; those still being written, by their names, are left out, and those whose place
     * others have taken.
     */
    public List<LandingObject> list() {
        List<LandingObject> found = listAll();
        found.removeAll(LandingReplacement.replaced(found));
        return found;
    }

    /** The same with those whose place others have taken: a backup may have brought them back. */
    public List<LandingObject> listAll() {
        List<LandingObject> found = new ArrayList<>();
        try {
            FilesBelow.each(root.files(), root.landing(), file -> {
                String name = name(file.getPath());
                if (isComplete(name)) {
                    found.add(new LandingObject(name, file.getLen(), Instant.ofEpochMilli(file.getModificationTime())));
                }
            });
        } catch (FileNotFoundException nothingLanded) {
            return new ArrayList<>();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        found.sort(Comparator.comparing(LandingObject::modifiedAt).thenComparing(LandingObject::name));
        return found;
    }

    /** Those of {@code objects} that {@code takenUp}, rows of {@code landing_object}, does not know as they are now. */
    public List<LandingObject> unseen(List<LandingObject> objects, Dataset<Row> takenUp) {
        List<Row> rows = objects.stream()
                .map(object -> RowFactory.create(object.name(), object.bytes(), object.modifiedAt()))
                .toList();
        Set<String> unseen = Set.copyOf(spark.createDataFrame(rows, KEY)
                .join(takenUp.select(LandingObjectTable.OBJECT, KEY_REST), KEY.fieldNames(), "left_anti")
                .select(LandingObjectTable.OBJECT)
                .as(Encoders.STRING())
                .collectAsList());
        return objects.stream().filter(object -> unseen.contains(object.name())).toList();
    }

    /** Looks at the footer of each file, several at a time. */
    public List<LandingCheck> check(List<LandingObject> objects) {
        Configuration hadoop = spark.sessionState().newHadoopConf();
        return objects.parallelStream().map(object -> check(object, hadoop)).toList();
    }

    /** The rows of files that were accepted, with the file of each in {@link #LANDING_OBJECT}. */
    public Dataset<Row> read(List<LandingObject> objects) {
        StructType nullable =
                new StructType(Stream.of(ExchangeTable.landingSchema().fields())
                        .map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
                        .toArray(StructField[]::new));
        objects.forEach(object -> reading.accept(object.name()));
        String[] paths =
                objects.stream().map(object -> TenantRoot.literal(path(object))).toArray(String[]::new);
        Dataset<Row> rows = paths.length == 0
                ? spark.createDataFrame(
                        List.of(),
                        nullable.add(
                                "_metadata",
                                new StructType().add("file_path", "string").add("row_index", "long")))
                : spark.read()
                        .schema(nullable)
                        // A time before 1900 is rejected row by row; it must not stop the job.
                        .option("datetimeRebaseMode", "CORRECTED")
                        .option("int96RebaseMode", "CORRECTED")
                        // Else a damaged page could pass for other values.
                        .option("parquet.page.verify-checksum.enabled", "true")
                        .parquet(paths);
        return rows.withColumn(LANDING_OBJECT, name(col("_metadata.file_path")))
                .withColumn(LANDING_POSITION, col("_metadata.row_index"));
    }

    /**
     * Puts in the place of a file one without the rows at {@code positions}, from 0. Returns whether it did: a file that Spark
     * cannot read, or that was written anew since it was listed, stays.
     */
    public boolean remove(LandingObject file, Collection<Long> positions) {
        return change(file, positions, type -> Map.of());
    }

    /** As {@link #remove}, with new values in all other rows, by column, as {@code changes} makes them for what the file holds. */
    public boolean change(
            LandingObject file, Collection<Long> positions, Function<StructType, Map<String, Column>> changes) {
        Dataset<Row> removed =
                spark.createDataset(List.copyOf(positions), Encoders.LONG()).toDF(ROW_INDEX);
        return new LandingReplacement(spark, root)
                .replace(
                        file,
                        rows -> rows.withColumn(ROW_INDEX, col("_metadata.row_index"))
                                .withColumns(changes.apply(rows.schema()))
                                .join(broadcast(removed), ROW_INDEX, "left_anti")
                                .drop(ROW_INDEX));
    }

    /** Which of {@code fresh} took the place of which of {@code known}, by the latter. */
    public static Map<LandingObject, LandingObject> inPlaceOf(
            Collection<LandingObject> known, Collection<LandingObject> fresh) {
        Map<String, LandingObject> named = new HashMap<>();
        fresh.forEach(file -> named.put(file.name(), file));
        Map<LandingObject, LandingObject> places = new HashMap<>();
        for (LandingObject old : known) {
            LandingObject there = named.get(LandingReplacement.successor(old));
            if (there != null) {
                places.put(old, there);
            }
        }
        return places;
    }

    /** Removes files whose place others have taken. */
    void sweep() {
        LandingReplacement replacement = new LandingReplacement(spark, root);
        LandingReplacement.replaced(listAll()).forEach(replacement::remove);
    }

    /** Those of {@code objects} of which {@code failure} came: damaged behind their footers, which only reading shows. */
    public List<LandingCheck> damaged(List<LandingObject> objects, Throwable failure) {
        if (!LandingProbe.isReadFailure(failure)) {
            return List.of();
        }
        LandingProbe probe = new LandingProbe(root);
        Set<LandingObject> there = Set.copyOf(listAll());
        return objects.stream()
                .filter(there::contains)
                .flatMap(object -> probe.damage(object, read(List.of(object))).stream())
                .toList();
    }

    /** Those of {@code objects} that still lie there unchanged. */
    public List<LandingObject> present(List<LandingObject> objects) {
        Set<LandingObject> there = Set.copyOf(list());
        return objects.stream().filter(there::contains).toList();
    }

    private LandingCheck check(LandingObject object, Configuration hadoop) {
        if (!object.isParquet()) {
            return LandingCheck.rejected(
                    object,
                    "not_parquet",
                    "Landing takes Parquet files, whose names end in .parquet; use import for others");
        }
        if (object.bytes() < PARQUET_MAGIC_BYTES) {
            return unreadable(object, "it has " + object.bytes() + " bytes");
        }
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(path(object), hadoop))) {
            List<String> problems =
                    LandingSchema.problems(reader.getFooter().getFileMetaData().getSchema());
            return problems.isEmpty()
                    ? LandingCheck.accepted(object, CapturedSpan.of(reader.getFooter()))
                    : LandingCheck.rejected(
                            object, "wrong_schema", "In the landing schema, " + String.join("; ", problems));
        } catch (FileNotFoundException e) {
            return unreadable(object, "it is gone");
        } catch (IOException | RuntimeException e) {
            return unreadable(object, "its footer cannot be read, as of a file that is half written");
        }
    }

    private static LandingCheck unreadable(LandingObject object, String why) {
        return LandingCheck.rejected(
                object,
                "unreadable_parquet",
                "The file is no complete Parquet file: " + why
                        + "; it is looked at again when its length or time changes");
    }

    /** The name of a file by its path as Spark gives it, which is that of a URI. */
    private Column name(Column path) {
        String folder = root.landing().toUri().getRawPath() + "/";
        Column name = path.substr(locate(folder, path).plus(folder.length()), length(path));
        return url_decode(regexp_replace(name, "[+]", "%2B"));
    }

    private Path path(LandingObject object) {
        return new Path(root.landing(), object.name());
    }

    private String name(Path path) {
        return root.landing().toUri().relativize(path.toUri()).getPath();
    }

    /** Spark, Hadoop and others begin the names of what is not for readers with a dot or an underscore. */
    private static boolean isComplete(String name) {
        for (String part : name.split("/", -1)) {
            if (part.startsWith("_") || part.startsWith(".")) {
                return false;
            }
        }
        return !UNDER_WAY.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                && !name.endsWith("._COPYING_");
    }

    private static StructField field(String name) {
        return LandingObjectTable.SPEC.schema().apply(name);
    }
}
