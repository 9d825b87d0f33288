package io.sluice.jobs;

import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.LandingObjectTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.TableSpec;
import io.sluice.schemas.Tables;
import io.sluice.scrub.MaskTransform;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.ScrubRequests;
import io.sluice.scrub.ScrubState;
import io.sluice.scrub.evidence.Certificate;
import io.sluice.scrub.evidence.InventoryEntry;
import io.sluice.scrub.search.ScannedObject;
import io.sluice.scrub.search.SearchPlan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Carries out scrub requests at once, in an order that bears being stopped and begun again anywhere: first what keeps the values
 * from coming back and a note of all that is to go, then the rows from which others were derived, then those by which they are
 * found, for other requests too, then history.
 */
final class ScrubRun {
    /** Files that others write while it runs may hold a value again; the first pass knows but what the index does. */
    private static final int MOST_PASSES = 4;

    /** Exchanges, and the tables whose rows were made from them. */
    static final List<TableSpec> FROM_EXCHANGES = Stream.concat(
                    Stream.of(ExchangeTable.SPEC), LearnJob.LEARNED.stream())
            .toList();

    private final TenantTables tables;
    private final ScrubRequests requests;
    private final ScrubRequest request;
    private final SearchPlan values;
    private final RowClearing rows;
    private final Found found;
    private final long mostExchanges;
    private final Supplier<Certificate.Cost> meter;
    private final Instant startedAt;
    private final boolean begunBefore;
    private final Set<String> notedBefore;
    private final HistoryClearing history;
    private final LandingClearing landing;
    private final ExportClearing exports;
    private final VersionClearing versions;
    private final ScrubLedger ledger;
    private final Map<String, Long> versionsBefore = new LinkedHashMap<>();
    private final Map<String, Set<String>> objectsHeld = new LinkedHashMap<>();
    private final Stopwatch scrubbing = new Stopwatch();
    private final Stopwatch verifying = new Stopwatch();
    private int passes;
    private int unconfirmed;
    private boolean learnedAnew;
    private Map<String, String> scenariosBefore = Map.of();

    ScrubRun(TenantTables tables, ScrubJob.Plan plan, Supplier<Certificate.Cost> meter) {
        this.tables = tables;
        this.requests = plan.asked();
        this.request = requests.joined();
        this.values = ScrubRequestFile.searchPlan(request, tables);
        this.found = plan.found();
        this.mostExchanges = plan.mostExchanges();
        this.meter = meter;
        this.history = new HistoryClearing(tables, request.history());
        this.rows = new RowClearing(tables, request, values);
        this.landing = found.landing();
        this.exports = new ExportClearing(tables);
        this.ledger = plan.ledger();
        this.begunBefore = ledger.wasBegunBefore();
        this.notedBefore = ledger.noted().all();
        this.versions = new VersionClearing(tables, begunBefore ? List.of() : found.objects());
        this.startedAt = tables.startedAt();
        Tables.ALL.forEach(table -> versionsBefore.put(table.name(), tables.version(table)));
    }

    ScrubJob.Result scrub() {
        ledger.enter(ScrubState.PLANNED, ScrubState.SCRUBBING);
        StorageScan scan = found.scan();
        Selection exchanges = found.exchanges();
        for (int pass = 1; pass <= MOST_PASSES && (pass == 1 || isWorthAnother(pass, scan)); pass++) {
            passes = pass;
            StorageScan known = scan;
            Selection selected = exchanges;
            boolean resumes = begunBefore && pass == 1;
            boolean isLast = pass == MOST_PASSES;
            scrubbing.time(() -> pass(known, selected, resumes, isLast));
            scan = verifying.time(this::verify);
            exchanges = found.exchanges(tables, requests, scan);
            int fresh = freshWith(exchanges);
            if (fresh > mostExchanges) {
                unconfirmed = fresh;
                break;
            }
        }
        return seal(scan);
    }

    private StorageScan verify() {
        ledger.enter(ScrubState.VERIFYING);
        return StorageScan.of(tables, values);
    }

    /** What could not be read, as it was written or removed at that moment, is tried once more. */
    private static boolean isWorthAnother(int pass, StorageScan scan) {
        return scan.hitCount() > 0 || (pass == 2 && scan.unreadCount() > 0);
    }

    /** How many go in this run, once {@code exchanges} do, that no try before has noted. */
    private int freshWith(Selection exchanges) {
        Set<String> all = ledger.noted().and(exchanges).all();
        all.removeAll(notedBefore);
        return all.size();
    }

    /** Takes out {@code exchanges}, what was made of them, and whatever else {@code known} tells of. */
    private void pass(StorageScan known, Selection exchanges, boolean resumes, boolean isLast) {
        StorageScan scan = known.without(tables.objects().sweep()); // nothing else may be written meanwhile
        try (Beside<Void> noted = Beside.start("note", () -> ledger.note(exchanges))) {
            if (passes == 1) {
                ledger.suppress();
            }
            noted.get();
        }
        for (TableSpec table : Tables.ALL) {
            for (ScannedObject object : scan.holding(StoredObjects.folderOf(table))) {
                objectsHeld
                        .computeIfAbsent(table.name(), fresh -> new TreeSet<>())
                        .add(object.name());
            }
        }
        Set<String> subjects = ledger.noted().all();
        boolean clears = resumes ? !subjects.isEmpty() : !exchanges.isEmpty();
        boolean hidden = clears && request.concernsExchangesOnly(); // what else holds a value, the scan does not tell
        try (Beside<Long> landed = Beside.start("landing", () -> clearLanding(scan, clears ? subjects : Set.of()))) {
            if (!scan.holding(StoredObjects.folderOf(LandingObjectTable.SPEC)).isEmpty()) {
                landed.get(); // which reads there the names that are masked now
            }
            clearTables(scan, subjects, clears, hidden, resumes);
            if (request.keepsExchanges()) { // then it reads exchange, of which no file may go meanwhile
                landed.get();
            }
            ledger.enter(ScrubState.PURGING);
            history.clear(scan, request.keepsExchanges() ? Set.of() : subjects, isLast); // what stays is not blanked
        }
        versions.clear(
                scan,
                key -> history.hasCleared(key)
                        || (clears && key.startsWith(StoredObjects.LANDING))
                        || (hidden && key.startsWith(StoredObjects.EXPORTS)));
    }

    /** Takes out of the newest versions of tables, and of exports, what is to go, and says which earlier versions hold it. */
    private void clearTables(StorageScan scan, Set<String> subjects, boolean clears, boolean hidden, boolean resumes) {
        boolean changed = clears && rows.exchanges(subjects);
        if (clears) {
            history.needs(List.of(ExchangeTable.SPEC));
        }
        boolean seen = LearnJob.LEARNED.stream()
                .anyMatch(table -> !scan.holding(StoredObjects.folderOf(table)).isEmpty());
        boolean mayBeOrphaned = changed || !request.keepsExchanges(); // steps of exchanges that stay tell nothing
        if (resumes || hidden || seen || (mayBeOrphaned && isOrphaned(subjects))) {
            learnAnew();
        }
        if (resumes) { // what it left in earlier versions, nothing in the newest ones tells of
            history.needs(FROM_EXCHANGES);
        }
        rows.others(scan);
        exports.clear(scan);
        if (hidden) {
            history.needsPurge(LearnJob.LEARNED);
            exports.clearAll();
        }
        if (clears) {
            clearIndex(subjects);
        }
    }

    /** Takes out of the blind index the rows of exchanges that went; of those that stay, what leads from the values to them. */
    private void clearIndex(Set<String> subjects) {
        if (!request.keepsExchanges()) {
            rows.identifiers(subjects);
            history.needs(List.of(IdentifierTable.SPEC));
        } else if (!request.values().isEmpty()) {
            rows.identifiers(subjects);
            history.needsPurge(List.of(IdentifierTable.SPEC)); // by their exchange, rows of one value cannot be blanked
        }
    }

    /** Whether a step stands for one of {@code cleared} exchanges. */
    private boolean isOrphaned(Set<String> cleared) {
        return !Selection.those(tables.read(SessionStepTable.SPEC), cleared).isEmpty();
    }

    /** Learns again with the settings used last, if anything was learned; a try that was stopped may have been at it. */
    private void learnAnew() {
        if (tables.exists(SessionStepTable.SPEC)) {
            if (!learnedAnew) {
                scenariosBefore = ScenariosAnew.names(tables);
            }
            long version = tables.version(ExchangeTable.SPEC);
            LearnJob.learn(LearnJob.Plan.last(tables).on(version), tables.read(ExchangeTable.SPEC), tables);
            history.needs(LearnJob.LEARNED);
            learnedAnew = true;
        }
    }

    /** Takes out rows in which a value was seen, and, unless what they hold is masked, those of {@code cleared} exchanges. */
    private long clearLanding(StorageScan scan, Set<String> cleared) {
        if (!request.keepsExchanges()) {
            landing.clear(scan, cleared);
        } else {
            landing.redact(scan, new MaskTransform(values.landed()));
            if (!request.rules().isEmpty()) {
                landing.clear(StorageScan.NOTHING, cleared);
            }
        }
        return landing.rowsRemoved();
    }

    private ScrubJob.Result seal(StorageScan after) {
        Instant endedAt = Instant.now();
        Selection noted = ledger.noted();
        Certificate.Inventory before = inventoryBefore();
        Certificate.Inventory left = after.inventory();
        EvidenceChain.complete(tables, found.objects());
        Sealing sealing = new Sealing(tables, requests, begunBefore);
        List<Certificate.TableChange> changes = changes();
        List<ScrubJob.Done> done = sealing.seal(
                place -> {
                    StorageScan own = after.only(place, requests);
                    return new Certificate.Outcome(
                            startedAt,
                            endedAt,
                            stateAfter(own),
                            finding(noted.of(place).size(), changes),
                            before,
                            left,
                            own.verification());
                },
                cost());
        ledger.end(
                done.stream().map(one -> ScrubState.valueOf(one.state().name())).toList(), endedAt);
        return new ScrubJob.Result(
                done,
                stateAfter(after),
                rows.erased(ExchangeTable.SPEC),
                rows.redacted(ExchangeTable.SPEC),
                learnedAnew,
                scenariosBefore.isEmpty() ? ScenariosAnew.NONE : ScenariosAnew.since(scenariosBefore, tables),
                landing.rowsRemoved(),
                landing.filesRedacted(),
                exports.removed(),
                history.filesBlanked(),
                history.purged(),
                passes,
                unconfirmed,
                after.hitCount(),
                after.places(requests),
                after.unread(),
                sealing.fingerprint(),
                scrubbing.seconds(),
                verifying.seconds());
    }

    private Certificate.Cost cost() {
        Certificate.Cost ofTasks = meter.get();
        return new Certificate.Cost(ofTasks.executorMillis(), ofTasks.bytesWritten() + history.bytesWritten());
    }

    private static Certificate.State stateAfter(StorageScan scan) {
        return scan.isClean() ? Certificate.State.DONE : Certificate.State.PARTLY_DONE;
    }

    /** What lay there by name, length and time: reading all of it once more would tell nothing of use. */
    private Certificate.Inventory inventoryBefore() {
        return Certificate.Inventory.of(found.objects().stream()
                .map(object -> InventoryEntry.listed(object.name(), object.bytes(), object.modifiedMillis()))
                .toList());
    }

    /** What happened to the tables, for all requests of the run. */
    private List<Certificate.TableChange> changes() {
        return Tables.ALL.stream().filter(tables::exists).map(this::change).toList();
    }

    private Certificate.TableChange change(TableSpec table) {
        long before = Math.max(0, versionsBefore.getOrDefault(table.name(), 0L));
        long oldest = tables.oldestVersion(table);
        return new Certificate.TableChange(
                table.name(),
                before,
                tables.version(table),
                rows.erased(table) + rows.redacted(table),
                rows.erased(table),
                rows.redacted(table),
                objectsHeld.getOrDefault(table.name(), Set.of()).size(),
                oldest,
                history.became(table),
                history.versions(table, oldest, before));
    }

    /** The same with what one request found in {@code exchange}. */
    private static List<Certificate.TableChange> finding(long ownRows, List<Certificate.TableChange> changes) {
        return changes.stream()
                .map(change -> change.table().equals(ExchangeTable.SPEC.name()) ? change.finding(ownRows) : change)
                .toList();
    }
}
