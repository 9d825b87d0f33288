package io.sluice.jobs;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.behavior.BehaviorTrainer;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.Suppression;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.ScrubRequestTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SuppressionTable;
import io.sluice.schemas.TableSpec;
import io.sluice.schemas.Tables;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.evidence.Certificate;
import io.sluice.scrub.evidence.EvidenceKey;
import io.sluice.scrub.evidence.Seal;
import io.sluice.scrub.search.ScannedObject;
import io.sluice.scrub.search.SearchPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Carries out one scrub request, in an order that bears being stopped and begun again anywhere: what keeps the values from
 * coming back first, then the rows from which others were derived, then those by which they were found, then history.
 */
final class ScrubRun {
    /** Files that others write while it runs may hold a value again. */
    private static final int MOST_PASSES = 3;

    private static final String SCRUBBING = "SCRUBBING";

    /** Exchanges, and the tables whose rows were made from them. */
    private static final List<TableSpec> FROM_EXCHANGES = Stream.concat(
                    Stream.of(ExchangeTable.SPEC), LearnJob.LEARNED.stream())
            .toList();

    private final TenantTables tables;
    private final ScrubRequest request;
    private final SearchPlan values;
    private final StorageScan before;
    private final long exchangesFound;
    private final Supplier<Certificate.Cost> meter;
    private final Instant startedAt;
    private final HistoryClearing history;
    private final Map<String, Long> versionsBefore = new LinkedHashMap<>();
    private final Map<String, Long> rowsErased = new LinkedHashMap<>();
    private final List<String> exportsRemoved = new ArrayList<>();
    private long landingRowsRemoved;
    private boolean learnedAnew;

    ScrubRun(TenantTables tables, ScrubJob.Plan plan, Supplier<Certificate.Cost> meter) {
        this.tables = tables;
        this.request = plan.request();
        this.values = request.searchPlan(tables.key());
        this.before = plan.before();
        this.exchangesFound = plan.exchanges();
        this.meter = meter;
        this.history = new HistoryClearing(tables, request.history());
        this.startedAt = tables.startedAt();
        Tables.ALL.forEach(table -> versionsBefore.put(table.name(), tables.version(table)));
    }

    ScrubJob.Result scrub() {
        boolean begunBefore = wasBegunBefore();
        state(SCRUBBING, startedAt);
        suppress();
        tables.objects().sweep();
        try (Kept kept = new Kept()) {
            noteSubjects(kept);
            Dataset<Row> subjects = kept.apply(noted());
            if (!subjects.isEmpty()) {
                erase(ExchangeTable.SPEC, subjects);
                history.needs(List.of(ExchangeTable.SPEC));
            }
            learnAnew(begunBefore);
            if (begunBefore) { // what it left in earlier versions, nothing in the newest ones tells of
                history.needs(FROM_EXCHANGES);
            }
            StorageScan scan = before;
            for (int pass = 1; pass <= MOST_PASSES && (pass == 1 || !scan.isClean()); pass++) {
                clearOthers(scan);
                history.clear(scan, subjects, pass == MOST_PASSES);
                if (pass == 1) { // not before: by the index, those of a try that was stopped are found again
                    erase(IdentifierTable.SPEC, subjects);
                }
                history.purge(IdentifierTable.SPEC); // never kept: it serves finding what is there now
                scan = StorageScan.of(tables, values);
            }
            return seal(scan);
        }
    }

    private void state(String state, Instant at) {
        Row row = RowFactory.create(
                request.id(),
                state,
                at,
                request.receivedAt(),
                request.due(),
                request.basis(),
                request.hash(tables.key()),
                (long) request.selectors().size(),
                tables.runId());
        tables.append(
                ScrubRequestTable.SPEC,
                tables.rows(ScrubRequestTable.SPEC, List.of(row)).coalesce(1));
    }

    private void suppress() {
        Suppression suppression = new Suppression(tables.key(), Set.of());
        List<Row> rows = Subjects.indexHashes(tables, request).stream()
                .map(hash -> RowFactory.create(suppression.hash(hash), request.id(), startedAt, tables.runId()))
                .toList();
        tables.append(
                SuppressionTable.SPEC, tables.rows(SuppressionTable.SPEC, rows).coalesce(1));
    }

    private void erase(TableSpec table, Dataset<Row> subjects) {
        if (tables.exists(table)) {
            rowsErased.put(
                    table.name(),
                    tables.erase(table, subjects, ExchangeTable.EXCHANGE_ID).rows());
        }
    }

    /** A try that was stopped left rows in earlier versions that nothing in the newest ones tells of. */
    private boolean wasBegunBefore() {
        return !tables.read(ScrubRequestTable.SPEC)
                .where(col(ScrubRequestTable.REQUEST_ID).equalTo(request.id()))
                .isEmpty();
    }

    /** What is found now, beside what a try that was stopped had found: erased, it is found no more. */
    private void noteSubjects(Kept kept) {
        Dataset<Row> found = Subjects.exchanges(tables, request, kept)
                .join(noted(), ExchangeTable.EXCHANGE_ID, "left_anti")
                .withColumn(ScrubExchangeTable.REQUEST_ID, lit(request.id()));
        tables.append(ScrubExchangeTable.SPEC, found.coalesce(1));
    }

    private Dataset<Row> noted() {
        return tables.read(ScrubExchangeTable.SPEC)
                .where(col(ScrubExchangeTable.REQUEST_ID).equalTo(request.id()))
                .select(ScrubExchangeTable.EXCHANGE_ID)
                .distinct();
    }

    /**
     * Learns again, with the settings used last, if a step stands for an exchange that is there no more, or if a try was
     * stopped, which may have been while it learned.
     */
    private void learnAnew(boolean begunBefore) {
        boolean orphaned = (begunBefore && tables.exists(SessionStepTable.SPEC))
                || !tables.read(SessionStepTable.SPEC)
                        .join(tables.read(ExchangeTable.SPEC), ExchangeTable.EXCHANGE_ID, "left_anti")
                        .isEmpty();
        if (orphaned) {
            long version = tables.version(ExchangeTable.SPEC);
            LearnJob.learn(LearnJob.Plan.last(tables).on(version), tables.read(ExchangeTable.SPEC), tables);
            history.needs(LearnJob.LEARNED);
            learnedAnew = true;
        }
    }

    /** Takes values out of landing files and exports. */
    private void clearOthers(StorageScan scan) {
        Set<String> complete = tables.landing().list().stream()
                .map(file -> StoredObjects.LANDING + file.name())
                .collect(toSet());
        for (ScannedObject file : scan.holding(StoredObjects.LANDING)) {
            if (complete.contains(file.name()) && file.name().endsWith(".parquet") && file.isReadInFull()) {
                tables.landing().remove(file.name().substring(StoredObjects.LANDING.length()), file.rows());
                landingRowsRemoved += file.rows().size();
            }
        }
        for (ScannedObject export : scan.holding(StoredObjects.EXPORTS)) {
            tables.objects().removeExport(export.name());
            exportsRemoved.add(StorageScan.shown(export));
        }
    }

    private ScrubJob.Result seal(StorageScan after) {
        Certificate.State state = after.isClean() ? Certificate.State.DONE : Certificate.State.PARTLY_DONE;
        Instant endedAt = Instant.now();
        EvidenceKey key = EvidenceKey.of(tables.key());
        Certificate certificate = new Certificate(
                request.certified(tables.tenant().value(), tables.key()),
                new Certificate.Outcome(
                        startedAt,
                        endedAt,
                        state,
                        Tables.ALL.stream()
                                .filter(tables::exists)
                                .map(this::change)
                                .toList(),
                        before.inventory(),
                        after.inventory(),
                        after.verification()),
                new Certificate.Origin(
                        Release.VERSION,
                        Map.of("verify", StorageScan.ALGORITHM, "learn", BehaviorTrainer.ALGORITHM_VERSION),
                        meter.get(),
                        tables.runId()),
                EvidenceChain.last(tables));
        String document = new Seal(key).document(certificate);
        String file = EvidenceChain.add(tables, request.id(), document, endedAt);
        state(state.name(), endedAt);
        return new ScrubJob.Result(
                request.id(),
                state,
                certificate.inTime(),
                rowsErased.getOrDefault(ExchangeTable.SPEC.name(), 0L),
                learnedAnew,
                landingRowsRemoved,
                exportsRemoved,
                history.filesBlanked(),
                history.purged(),
                after.hitCount(),
                after.places(),
                after.unread(),
                file,
                key.fingerprint());
    }

    private Certificate.TableChange change(TableSpec table) {
        long version = tables.version(table);
        return new Certificate.TableChange(
                table.name(),
                Math.max(0, versionsBefore.getOrDefault(table.name(), 0L)),
                version,
                table.equals(ExchangeTable.SPEC) ? exchangesFound : rowsErased.getOrDefault(table.name(), 0L),
                rowsErased.getOrDefault(table.name(), 0L),
                before.holding(StoredObjects.folderOf(table)).size(),
                tables.oldestVersion(table));
    }
}
