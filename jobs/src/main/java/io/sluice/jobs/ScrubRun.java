package io.sluice.jobs;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.sluice.behavior.BehaviorTrainer;
import io.sluice.lake.LandingCheck;
import io.sluice.lake.LandingObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.LandedIdTransform;
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
import io.sluice.scrub.evidence.InventoryEntry;
import io.sluice.scrub.evidence.Seal;
import io.sluice.scrub.search.ScannedObject;
import io.sluice.scrub.search.SearchPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Carries out one scrub request, in an order that bears being stopped and begun again anywhere: what keeps the values from
 * coming back first, then the rows from which others were derived, then those by which they were found, then history.
 */
final class ScrubRun {
    /** Files that others write while it runs may hold a value again; the first pass knows but what the index does. */
    private static final int MOST_PASSES = 4;

    private static final String SCRUBBING = "SCRUBBING";

    /** Exchanges, and the tables whose rows were made from them. */
    private static final List<TableSpec> FROM_EXCHANGES = Stream.concat(
                    Stream.of(ExchangeTable.SPEC), LearnJob.LEARNED.stream())
            .toList();

    private final TenantTables tables;
    private final ScrubRequest request;
    private final SearchPlan values;
    private final Found found;
    private final long mostExchanges;
    private final Supplier<Certificate.Cost> meter;
    private final Instant startedAt;
    private final HistoryClearing history;
    private final Map<String, Long> versionsBefore = new LinkedHashMap<>();
    private final Map<String, Long> rowsErased = new LinkedHashMap<>();
    private final Map<String, Set<String>> objectsHeld = new LinkedHashMap<>();
    private final List<String> exportsRemoved = new ArrayList<>();
    private final Stopwatch scrubbing = new Stopwatch();
    private final Stopwatch verifying = new Stopwatch();
    private int passes;
    private int exchangesNoted;
    private int unconfirmed;
    private long landingRowsRemoved;
    private boolean learnedAnew;

    ScrubRun(TenantTables tables, ScrubJob.Plan plan, Supplier<Certificate.Cost> meter) {
        this.tables = tables;
        this.request = plan.request();
        this.values = request.searchPlan(tables.key());
        this.found = plan.found();
        this.mostExchanges = plan.mostExchanges();
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
        StorageScan scan = found.scan();
        Set<String> exchanges = new TreeSet<>(found.exchanges());
        for (int pass = 1; pass <= MOST_PASSES && (pass == 1 || !scan.isClean()); pass++) {
            passes = pass;
            StorageScan known = scan;
            boolean resumes = begunBefore && pass == 1;
            boolean isLast = pass == MOST_PASSES;
            scrubbing.time(() -> pass(known, exchanges, resumes, isLast));
            scan = verifying.time(() -> StorageScan.of(tables, values));
            exchanges.clear();
            exchanges.addAll(Found.widened(tables, request, scan.exchanges()));
            if (exchangesNoted + exchanges.size() > mostExchanges) {
                unconfirmed = exchangesNoted + exchanges.size();
                break;
            }
        }
        return seal(scan);
    }

    /** Takes out {@code exchanges}, what was made of them, and whatever else {@code scan} has found. */
    private void pass(StorageScan scan, Set<String> exchanges, boolean resumes, boolean isLast) {
        for (TableSpec table : Tables.ALL) {
            for (ScannedObject object : scan.holding(StoredObjects.folderOf(table))) {
                objectsHeld
                        .computeIfAbsent(table.name(), fresh -> new TreeSet<>())
                        .add(object.name());
            }
        }
        boolean isNew = note(exchanges);
        Dataset<Row> noted = noted();
        TreeSet<String> subjects = new TreeSet<>(noted.as(Encoders.STRING()).collectAsList());
        exchangesNoted = subjects.size();
        boolean erases = (isNew || resumes || !exchanges.isEmpty()) && !subjects.isEmpty();
        if (erases) {
            erase(ExchangeTable.SPEC, subjects);
            history.needs(List.of(ExchangeTable.SPEC));
        }
        learnAnew(noted, resumes);
        if (resumes) { // what it left in earlier versions, nothing in the newest ones tells of
            history.needs(FROM_EXCHANGES);
        }
        clearLanding(scan, erases ? subjects : new TreeSet<>());
        clearExports(scan);
        history.clear(scan, noted, isLast);
        if (erases) { // not before: by the index, those of a try that was stopped are found again
            erase(IdentifierTable.SPEC, subjects);
        }
        if (erases
                || !scan.holding(StoredObjects.folderOf(IdentifierTable.SPEC)).isEmpty()) {
            history.purge(IdentifierTable.SPEC); // never kept: it serves finding what is there now
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
        List<Row> rows = Found.indexHashes(tables, request).stream()
                .map(hash -> RowFactory.create(suppression.hash(hash), request.id(), startedAt, tables.runId()))
                .toList();
        tables.append(
                SuppressionTable.SPEC, tables.rows(SuppressionTable.SPEC, rows).coalesce(1));
    }

    private void erase(TableSpec table, Set<String> subjects) {
        if (tables.exists(table)) {
            rowsErased.merge(
                    table.name(),
                    tables.erase(table, subjects, ExchangeTable.EXCHANGE_ID).rows(),
                    Long::sum);
        }
    }

    /** A try that was stopped left rows in earlier versions that nothing in the newest ones tells of. */
    private boolean wasBegunBefore() {
        return !tables.read(ScrubRequestTable.SPEC)
                .where(col(ScrubRequestTable.REQUEST_ID).equalTo(request.id()))
                .isEmpty();
    }

    /** Notes exchanges before they are erased, for once they are, they are found no more; returns whether one is new. */
    private boolean note(Set<String> exchanges) {
        Set<String> fresh = new TreeSet<>(exchanges);
        fresh.removeAll(noted().as(Encoders.STRING()).collectAsList());
        if (!fresh.isEmpty()) {
            List<Row> rows = fresh.stream()
                    .map(id -> RowFactory.create(request.id(), id, tables.runId()))
                    .toList();
            tables.append(
                    ScrubExchangeTable.SPEC,
                    tables.rows(ScrubExchangeTable.SPEC, rows).coalesce(1));
        }
        return !fresh.isEmpty();
    }

    private Dataset<Row> noted() {
        return tables.read(ScrubExchangeTable.SPEC)
                .where(col(ScrubExchangeTable.REQUEST_ID).equalTo(request.id()))
                .select(ScrubExchangeTable.EXCHANGE_ID)
                .distinct();
    }

    /**
     * Learns again, with the settings used last, if a step stands for one of {@code erased}, or if a try was stopped, which
     * may have been while it learned.
     */
    private void learnAnew(Dataset<Row> erased, boolean resumes) {
        if (!tables.exists(SessionStepTable.SPEC)) {
            return;
        }
        boolean orphaned = !tables.read(SessionStepTable.SPEC)
                .join(broadcast(erased), SessionStepTable.EXCHANGE_ID)
                .isEmpty();
        if (orphaned || resumes) {
            long version = tables.version(ExchangeTable.SPEC);
            LearnJob.learn(LearnJob.Plan.last(tables).on(version), tables.read(ExchangeTable.SPEC), tables);
            history.needs(LearnJob.LEARNED);
            learnedAnew = true;
        }
    }

    /** Takes rows out of landing files: those in which a value was seen, and those of which {@code erased} were made. */
    private void clearLanding(StorageScan scan, Set<String> erased) {
        List<LandingObject> complete = tables.landing().check(tables.landing().list()).stream()
                .filter(LandingCheck::isAccepted)
                .map(LandingCheck::object)
                .toList();
        Set<String> names = complete.stream().map(LandingObject::name).collect(toSet());
        Map<String, TreeSet<Long>> rows = new TreeMap<>();
        for (ScannedObject file : scan.holding(StoredObjects.LANDING)) {
            String name = file.name().substring(StoredObjects.LANDING.length());
            if (names.contains(name) && file.isReadInFull()) {
                rows.computeIfAbsent(name, fresh -> new TreeSet<>()).addAll(file.rows());
            }
        }
        if (!erased.isEmpty()) {
            landed(complete, new LandedIdTransform(tables.key(), erased))
                    .forEach(place -> rows.computeIfAbsent(place.getString(0), fresh -> new TreeSet<>())
                            .add(place.getLong(1)));
        }
        rows.forEach((name, positions) -> {
            tables.landing().remove(name, List.copyOf(positions));
            landingRowsRemoved += positions.size();
        });
    }

    /** Where those rows stand; files that turn out to be damaged are left to the scan, which tells of them. */
    private List<Row> landed(List<LandingObject> files, LandedIdTransform transform) {
        try {
            return transform.apply(tables.landing().read(files)).collectAsList();
        } catch (Exception e) {
            List<LandingObject> damaged = tables.landing().damaged(files, e).stream()
                    .map(LandingCheck::object)
                    .toList();
            if (damaged.isEmpty()) {
                throw e;
            }
            return landed(files.stream().filter(file -> !damaged.contains(file)).toList(), transform);
        }
    }

    private void clearExports(StorageScan scan) {
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
                        inventoryBefore(),
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
                passes,
                unconfirmed,
                after.hitCount(),
                after.places(),
                after.unread(),
                file,
                key.fingerprint(),
                scrubbing.seconds(),
                verifying.seconds());
    }

    /** What lay there by name, length and time: reading all of it once more would tell nothing of use. */
    private Certificate.Inventory inventoryBefore() {
        return Certificate.Inventory.of(found.objects().stream()
                .map(object -> InventoryEntry.listed(object.name(), object.bytes(), object.modifiedMillis()))
                .toList());
    }

    private Certificate.TableChange change(TableSpec table) {
        long version = tables.version(table);
        return new Certificate.TableChange(
                table.name(),
                Math.max(0, versionsBefore.getOrDefault(table.name(), 0L)),
                version,
                table.equals(ExchangeTable.SPEC) ? exchangesNoted : rowsErased.getOrDefault(table.name(), 0L),
                rowsErased.getOrDefault(table.name(), 0L),
                objectsHeld.getOrDefault(table.name(), Set.of()).size(),
                tables.oldestVersion(table));
    }
}
