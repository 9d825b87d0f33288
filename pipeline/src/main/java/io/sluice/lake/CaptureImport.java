package io.sluice.lake;

import io.sluice.schemas.RejectTable;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Capture files on their way into the landing of a tenant, spread over the executors. A task that is tried again writes
 * the same files under the same names, so nothing is lost and nothing is there twice.
 */
public final class CaptureImport implements AutoCloseable {
    private static final long BATCH_BYTES = 256L << 20;
    private static final long OPENING_COSTS_AS_BYTES = 64L << 10;

    private final SparkSession spark;
    private final JavaRDD<Row> outcome;
    private final Spool spool;
    private final Instant startedAt;

    /**
     * What an import did, summed over all files.
     *
     * @param skipped number of files that are no captures, by reason
     */
    public record Tally(
            long found,
            long imported,
            long rejected,
            long landingFiles,
            Map<String, Long> filesByFormat,
            Map<String, Long> rejectedByReason,
            Map<String, Long> skipped)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        static final Tally NOTHING = new Tally(0, 0, 0, 0, Map.of(), Map.of(), Map.of());

        Tally plus(Tally other) {
            return new Tally(
                    found + other.found,
                    imported + other.imported,
                    rejected + other.rejected,
                    landingFiles + other.landingFiles,
                    sum(filesByFormat, other.filesByFormat),
                    sum(rejectedByReason, other.rejectedByReason),
                    sum(skipped, other.skipped));
        }

        /** Few keys each: formats, reasons. */
        private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
            if (one.isEmpty() || other.isEmpty()) {
                return one.isEmpty() ? other : one;
            }
            Map<String, Long> sums = new TreeMap<>(one);
            other.forEach((key, count) -> sums.merge(key, count, Long::sum));
            return sums;
        }
    }

    CaptureImport(SparkSession spark, Spool spool, CaptureReading reading, Landed where) {
        this.spark = spark;
        this.spool = spool;
        this.startedAt = where.startedAt();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<SerializableConfiguration> hadoop = context.broadcast(
                new SerializableConfiguration(spark.sessionState().newHadoopConf()));
        List<List<CaptureFile>> batches =
                batches(spool.files(), spark.sparkContext().defaultParallelism());
        outcome = context.parallelize(batches, Math.max(1, batches.size()))
                .mapPartitions(new CaptureImportTask(reading, where, hadoop))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** Reads and writes everything, and says what came of it. */
    public Tally tally() {
        return outcome.aggregate(Tally.NOTHING, (sum, row) -> sum.plus(tally(row)), Tally::plus);
    }

    /** One row of {@code reject} for each rejected piece; the run id is for the table to fill in. */
    public Dataset<Row> rejects() {
        return spark.createDataFrame(outcome, CaptureImportTask.OUTCOME)
                .where(functions.col(RejectTable.REASON).isNotNull())
                .withColumn(
                        RejectTable.REJECT_ID,
                        functions.sha2(
                                functions.to_json(functions.struct(
                                        RejectTable.SOURCE_OBJECT,
                                        RejectTable.SOURCE_POSITION,
                                        RejectTable.SOURCE_OFFSET,
                                        RejectTable.REASON)),
                                256))
                .withColumn(RejectTable.REJECTED_AT, functions.lit(startedAt));
    }

    /** Forgets what was read; the landing files stay. */
    @Override
    public void close() {
        outcome.unpersist();
        spool.close();
    }

    /** What one row adds to the sums over all files. */
    private static Tally tally(Row row) {
        long filesRead = number(row, CaptureImportTask.READ);
        return new Tally(
                number(row, CaptureImportTask.FOUND),
                number(row, CaptureImportTask.IMPORTED),
                number(row, CaptureImportTask.REJECTED),
                number(row, CaptureImportTask.LANDING_FILES),
                filesRead > 0 ? one(row, RejectTable.SOURCE_FORMAT) : Map.of(),
                one(row, RejectTable.REASON),
                one(row, CaptureImportTask.SKIPPED));
    }

    private static long number(Row row, String column) {
        return row.getLong(CaptureImportTask.OUTCOME.fieldIndex(column));
    }

    private static Map<String, Long> one(Row row, String column) {
        int index = CaptureImportTask.OUTCOME.fieldIndex(column);
        return row.isNullAt(index) ? Map.of() : Map.of(row.getString(index), 1L);
    }

    /** Spreads the files over batches of about the same work, always in the same way. */
    static List<List<CaptureFile>> batches(List<CaptureFile> files, int parallelism) {
        long work = files.stream().mapToLong(CaptureImport::work).sum();
        long wanted = Math.max(parallelism, (work + BATCH_BYTES - 1) / BATCH_BYTES);
        int count = (int) Math.min(files.size(), wanted);
        List<List<CaptureFile>> batches = new ArrayList<>();
        PriorityQueue<long[]> byLoad = new PriorityQueue<>(
                Comparator.<long[]>comparingLong(load -> load[0]).thenComparingLong(load -> load[1]));
        for (int i = 0; i < count; i++) {
            batches.add(new ArrayList<>());
            byLoad.add(new long[] {0, i});
        }
        List<CaptureFile> largestFirst = new ArrayList<>(files);
        largestFirst.sort(
                Comparator.comparingLong(CaptureImport::work).reversed().thenComparing(CaptureFile::uri));
        for (CaptureFile file : largestFirst) {
            long[] least = byLoad.remove();
            batches.get((int) least[1]).add(file);
            byLoad.add(new long[] {least[0] + work(file), least[1]});
        }
        batches.forEach(batch -> batch.sort(Comparator.comparing(CaptureFile::uri)));
        return batches;
    }

    private static long work(CaptureFile file) {
        return file.bytes() + OPENING_COSTS_AS_BYTES;
    }
}
