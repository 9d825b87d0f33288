package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

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
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.SuppressionTable;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;

/**
 * Takes batch after batch of landing files into the tables. A batch is recorded in {@code landing_object} first and in
 * {@code exchange} last; one that is not in {@code exchange} yet is done over, with what was recorded. A file that turns
 * out to be damaged is recorded a second time, as rejected, and its batch done over without it.
 */
final class IngestRun {
    static final String STREAM = "ingest";
    /** Files of a batch that reading showed to be damaged; the number of those known before tells tries apart. */
    private static final String DAMAGED = "ingest-damaged-after-";

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
        record(batch.files(), batch.number(), new Batch(STREAM, batch.number()));
        finish(batch.number());
    }

    /** Takes the files that are recorded for batch {@code number}, whichever run recorded them. */
    void finish(long number) {
        Dataset<Row> recorded = tables.read(LandingObjectTable.SPEC)
                .where(col(LandingObjectTable.BATCH).equalTo(number));
        List<LandingObject> refused =
                objects(recorded.where(col(LandingObjectTable.REASON).isNotNull()));
        List<LandingObject> accepted = objects(
                        recorded.where(col(LandingObjectTable.REASON).isNull()))
                .stream()
                .filter(object -> !refused.contains(object))
                .toList();
        try {
            take(accepted, recorded, refused.isEmpty(), new Batch(STREAM, number));
        } catch (Exception e) {
            List<LandingCheck> damaged = tables.landing().damaged(accepted, e);
            if (damaged.isEmpty()) {
                throw e;
            }
            record(damaged, number, new Batch(DAMAGED + refused.size(), number));
            finish(number);
            return;
        }
        batches++;
        filesAccepted += accepted.size();
        filesRejected += refused.size();
    }

    private void record(List<LandingCheck> files, long number, Batch batch) {
        List<Row> rows = files.stream().map(file -> row(file, number)).toList();
        tables.append(
                LandingObjectTable.SPEC,
                tables.rows(LandingObjectTable.SPEC, rows).coalesce(1),
                batch);
    }

    private static List<LandingObject> objects(Dataset<Row> recorded) {
        return recorded
                .select(LandingObjectTable.OBJECT, LandingObjectTable.BYTES, LandingObjectTable.MODIFIED_AT)
                .distinct() // two runs at once may both have recorded what a scrub put there
                .collectAsList()
                .stream()
                .map(row -> new LandingObject(row.getString(0), row.getLong(1), row.getInstant(2)))
                .toList();
    }

    private void take(List<LandingObject> files, Dataset<Row> recorded, boolean allAccepted, Batch batch) {
        Dataset<Row> landed = tables.landing().read(tables.landing().present(files));
        RedactTransform redaction = new RedactTransform(policy, tables.key(), suppressed());
        try (RedactTransform.Redacted redacted = redaction.apply(landed)) {
            write(redacted, recorded, allAccepted, batch);
        }
    }

    /** As many as were ever scrubbed from this tenant, which is few beside what is ingested. */
    private Set<String> suppressed() {
        return Set.copyOf(tables.read(SuppressionTable.SPEC)
                .select(SuppressionTable.SUPPRESSION_HASH)
                .distinct()
                .as(Encoders.STRING())
                .collectAsList());
    }

    /** Exchanges that a scrub took out, or masked: they are not to come back, whatever they were found by. */
    private Dataset<Row> scrubbed() {
        return tables.read(ScrubExchangeTable.SPEC)
                .select(
                        col(ScrubExchangeTable.EXCHANGE_ID),
                        lit(null).cast(DataTypes.StringType).as(ExchangeTable.SOURCE_OBJECT),
                        lit(null).cast(DataTypes.LongType).as(ExchangeTable.SOURCE_POSITION));
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

    private void write(RedactTransform.Redacted redacted, Dataset<Row> recorded, boolean allAccepted, Batch batch) {
        Dataset<Row> notes = redacted.notes();
        BatchFacts facts = BatchFacts.of(BatchTransform.facts(notes).first());
        Dataset<Row> stored = BatchTransform.sameTime(tables.read(ExchangeTable.SPEC), facts)
                .unionByName(BatchTransform.sameTime(scrubbed(), facts));
        boolean allNew = facts.allDiffer() && stored.isEmpty();
        UnaryOperator<Dataset<Row>> fresh = allNew ? rows -> rows : new DuplicateTransform(notes, stored)::apply;
        if (!allAccepted || facts.rejected() > 0) { // a commit without rows takes as long as a small one
            RejectTransform rejects = new RejectTransform(tables.startedAt());
            tables.append(RejectTable.SPEC, rejects.ofFiles(recorded).unionByName(rejects.ofRows(notes)), batch);
        }
        Dataset<Row> identifiers = new IdentifierTransform(tables.key()).apply(fresh.apply(notes));
        identifiersAppended +=
                tables.append(IdentifierTable.SPEC, identifiers, batch).rows();
        exchangesAppended += tables.append(ExchangeTable.SPEC, fresh.apply(redacted.exchanges()), batch)
                .rows();
        rowsRead += facts.rows();
        rowsRejected += facts.rejected();
    }

    private static Row row(LandingCheck file, long batch) {
        LandingObject object = file.object();
        String state = file.isAccepted() ? LandingLedger.ACCEPTED : "REJECTED";
        return RowFactory.create(object.name(), object.bytes(), object.modifiedAt(), batch, state, file.reason(), "");
    }
}
