package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;

import io.sluice.lake.Batch;
import io.sluice.lake.LandingCheck;
import io.sluice.lake.LandingObject;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.BatchFacts;
import io.sluice.redaction.BatchTransform;
import io.sluice.redaction.DuplicateTransform;
import io.sluice.redaction.IdentifierTransform;
import io.sluice.redaction.RedactTransform;
import io.sluice.redaction.RedactionPolicy;
import io.sluice.redaction.RejectTransform;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.LandingObjectTable;
import io.sluice.schemas.RejectTable;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.storage.StorageLevel;

/**
 * Takes batch after batch of landing files into the tables. A batch is recorded in {@code landing_object} first and in
 * {@code exchange} last; one that is not in {@code exchange} yet is done over, with what was recorded.
 */
final class IngestRun {
    static final String STREAM = "ingest";

    private final TenantTables tables;
    private final RedactionPolicy policy;
    private final long startedNanos = System.nanoTime();
    private int batches;
    private long filesAccepted;
    private long filesRejected;
    private long rowsRead;
    private long rowsRejected;
    private long exchangesAppended;
    private long identifiersAppended;

    IngestRun(TenantTables tables, RedactionPolicy policy) {
        this.tables = tables;
        this.policy = policy;
    }

    /** Records the batch, then takes its files. */
    void take(IngestBatch batch) {
        List<Row> rows =
                batch.files().stream().map(file -> row(file, batch.number())).toList();
        tables.append(
                LandingObjectTable.SPEC,
                tables.rows(LandingObjectTable.SPEC, rows).coalesce(1),
                new Batch(STREAM, batch.number()));
        finish(batch.number());
    }

    /** Takes the files that are recorded for batch {@code number}, whichever run recorded them. */
    void finish(long number) {
        Dataset<Row> recorded = tables.read(LandingObjectTable.SPEC)
                .where(col(LandingObjectTable.BATCH).equalTo(number));
        List<LandingObject> accepted = recorded
                .where(col(LandingObjectTable.REASON).isNull())
                .select(LandingObjectTable.OBJECT, LandingObjectTable.BYTES, LandingObjectTable.MODIFIED_AT)
                .collectAsList()
                .stream()
                .map(row -> new LandingObject(row.getString(0), row.getLong(1), row.getInstant(2)))
                .toList();
        Dataset<Row> landed = tables.landing().read(tables.landing().present(accepted));
        Dataset<Row> redacted =
                new RedactTransform(policy, tables.key()).apply(landed).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            write(redacted, recorded, new Batch(STREAM, number));
        } finally {
            redacted.unpersist(true);
        }
        batches++;
        filesAccepted += accepted.size();
        filesRejected +=
                recorded.where(col(LandingObjectTable.REASON).isNotNull()).count();
    }

    IngestJob.Result result() {
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        return new IngestJob.Result(
                batches,
                filesAccepted,
                filesRejected,
                rowsRead,
                exchangesAppended,
                rowsRejected,
                rowsRead - rowsRejected - exchangesAppended,
                identifiersAppended,
                policy.version(),
                Math.round(seconds * 1000) / 1000.0,
                Math.round(rowsRead / seconds));
    }

    private void write(Dataset<Row> redacted, Dataset<Row> recorded, Batch batch) {
        BatchFacts facts = BatchFacts.of(BatchTransform.facts(redacted).first());
        Dataset<Row> stored = BatchTransform.sameTime(tables.read(ExchangeTable.SPEC), facts);
        boolean allNew = facts.allDiffer() && stored.isEmpty();
        Dataset<Row> exchanges =
                allNew ? RedactTransform.accepted(redacted) : new DuplicateTransform().apply(redacted, stored);
        RejectTransform rejects = new RejectTransform(tables.startedAt());
        tables.append(RejectTable.SPEC, rejects.ofFiles(recorded).unionByName(rejects.ofRows(redacted)), batch);
        identifiersAppended += tables.append(
                        IdentifierTable.SPEC, new IdentifierTransform(tables.key()).apply(exchanges), batch)
                .rows();
        exchangesAppended += tables.append(ExchangeTable.SPEC, exchanges, batch).rows();
        rowsRead += facts.rows();
        rowsRejected += facts.rejected();
    }

    private static Row row(LandingCheck file, long batch) {
        LandingObject object = file.object();
        String state = file.isAccepted() ? "ACCEPTED" : "REJECTED";
        return RowFactory.create(object.name(), object.bytes(), object.modifiedAt(), batch, state, file.reason(), "");
    }
}
