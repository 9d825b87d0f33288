package io.sluice.jobs;

import static java.util.stream.Collectors.toMap;
import static org.apache.spark.sql.functions.col;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.Lease;
import io.sluice.lake.StoredObject;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.ScrubRequestTable;
import io.sluice.schemas.TableSpec;
import io.sluice.schemas.Tables;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.ScrubRequests;
import io.sluice.scrub.ScrubState;
import io.sluice.scrub.evidence.Certificate;
import io.sluice.tenant.SluiceException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes a person, or a value that turned out to be sensitive, out of everything that is stored, and signs what was done. */
@Command(
        name = "scrub",
        description = {
            "Takes a person, or a value that turned out to be sensitive, out of everything that is stored for a tenant.",
            "Exchanges in which a value stands go, with their rows in landing files; what was learned is learned anew"
                    + " without them. With action: redact, exchanges stay, with *** where the value stood. Earlier table versions, which still hold them, become unreadable, or, with history:"
                    + " preserve, stay readable with those rows blank. Then every byte is read again, and a certificate of"
                    + " what was found and done is signed.",
            "It waits up to ten minutes until other runs of the tenant have ended; runs that begin meanwhile are told to come"
                    + " again (exit code 1). Stopped at any moment and started again, it finishes what it"
                    + " had begun."
        })
final class ScrubJob implements Job<ScrubJob.Plan, ScrubJob.Result> {
    /** More than one exchange in so many is more than anybody means without saying so. */
    private static final long MOST_IS_ONE_IN = 10;

    private static final long ALWAYS_ALLOWED = 100;

    @Option(
            names = "--request",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Scrub request, a JSON document; several that differ in values only are carried out at once")
    private List<Path> files = List.of();

    @Option(
            names = "--confirm-rows",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Allow that up to N exchanges go, or change, and as many rows of landing files; needed where that is more"
                            + " than a hundred and a tenth of all exchanges, and where selectors other than subjects match all")
    private long confirmed;

    /** What is on record of the requests, once something is to be done about them. */
    private @Nullable ScrubLedger begun;

    /** What stands where, before anything is done; a table counts the objects below its folder that hold a value. */
    record Plan(
            List<Asked> requests,
            long exchanges,
            long ofExchanges,
            List<Held> held,
            long objects,
            long bytes,
            double findSeconds,
            List<Touched> tables,
            Estimate estimate,
            @JsonIgnore long mostExchanges,
            @JsonIgnore ScrubRequests asked,
            @JsonIgnore ScrubLedger ledger,
            @JsonIgnore Found found) {}

    /** A request, and how many exchanges are to go, or change, for it. */
    record Asked(String requestId, Instant due, long exchanges) {
        private static List<Asked> of(ScrubRequests requests, Selection exchanges) {
            List<Asked> all = new ArrayList<>();
            for (ScrubRequest request : requests.all()) {
                all.add(new Asked(
                        request.id(), request.due(), exchanges.of(all.size()).size()));
            }
            return all;
        }
    }

    /**
     * What the run will take: reading all that is stored once, at the rate that is usual, is most of it where much is stored.
     *
     * @param coreHours times what a core costs an hour, about its price
     */
    record Estimate(double seconds, double coreHours) {
        private static final double BYTES_PER_CORE_SECOND = 30e6;
        private static final double LEAST_SECONDS = 15;

        private static Estimate of(long bytes, int cores, double findSeconds) {
            double readSeconds = bytes / BYTES_PER_CORE_SECOND / cores;
            double seconds = Math.rint(findSeconds + LEAST_SECONDS + readSeconds);
            return new Estimate(seconds, Math.rint(seconds * cores / 3.6) / 1000);
        }
    }

    /** How many objects of an area, such as {@code tables/exchange}, hold a value. */
    record Held(String area, long objects, long bytes) {}

    /** How a request ended. */
    record Done(String requestId, Certificate.State state, boolean inTime, long hitsLeft, String certificate) {
        static Done of(Certificate certificate, String file) {
            return new Done(
                    certificate.request().requestId(),
                    certificate.outcome().state(),
                    certificate.inTime(),
                    certificate.outcome().verification().hits(),
                    file);
        }
    }

    /**
     * What was done for all requests of the run, and a thousand of the places that are left, if any are.
     *
     * @param state {@code DONE} if all requests are
     * @param exchangesToConfirm how many would go, where reading everything showed more than were allowed; else 0
     */
    record Result(
            List<Done> requests,
            Certificate.State state,
            long exchangesErased,
            long exchangesRedacted,
            boolean learnedAnew,
            ScenariosAnew scenarios,
            long landingRowsRemoved,
            long landingFilesRedacted,
            List<String> exportsRemoved,
            long filesBlanked,
            List<String> tablesPurged,
            int passes,
            int exchangesToConfirm,
            long hitsLeft,
            List<StorageScan.Place> left,
            List<StorageScan.Unread> unread,
            String publicKeyFingerprint,
            double scrubSeconds,
            double verifySeconds) {}

    @Override
    public List<TableSpec> reads() {
        return List.of();
    }

    @Override
    public List<TableSpec> writes() {
        return Tables.ALL;
    }

    /** It removes files that a reader may be about to read, and those that a writer has not committed yet. */
    @Override
    public Optional<Lease.Kind> lease() {
        return Optional.of(Lease.Kind.ALONE);
    }

    @Override
    public List<String> problems() {
        return confirmed < 0 ? List.of("--confirm-rows must be 0 or more") : List.of();
    }

    @Override
    public void refuseIfAskedOtherwise(JsonNode earlier, TenantTables tables) {
        ScrubRequests requests = ScrubRequestFile.read(files);
        refuseAnotherDemand(requests, tables);
        List<String> ids = requests.all().stream().map(ScrubRequest::id).toList();
        List<String> before = earlier.at("/plan/requests").findValuesAsText("requestId");
        if (!before.equals(ids)) {
            throw SluiceException.settings(
                    "Cannot scrub",
                    "run " + tables.runId() + " is done and was of " + String.join(", ", before),
                    "Give another --run-id, or none");
        }
    }

    @Override
    public void begin(TenantTables tables) {
        begun = open(tables);
        refuseStorage(tables); // before anything is written
        begun.receive();
    }

    @Override
    public void fail(SluiceException why, TenantTables tables) {
        if (begun != null) {
            begun.fail(why.kind() == SluiceException.Kind.REFUSED ? ScrubState.REFUSED : ScrubState.FAILED);
        }
    }

    @Override
    public Plan plan(TenantTables tables) {
        ScrubLedger ledger = begun == null ? open(tables) : begun;
        ScrubRequests requests = ledger.requests();
        boolean isPlanAlone = begun == null;
        if (isPlanAlone) {
            refuseStorage(tables);
        }
        Stopwatch finding = new Stopwatch();
        Found found = finding.time(() -> Found.of(tables, requests, ledger));
        long all = tables.read(ExchangeTable.SPEC).count();
        long allowed = Math.max(confirmed, Math.max(ALWAYS_ALLOWED, all / MOST_IS_ONE_IN));
        Set<String> exchanges = found.exchanges().all();
        Set<String> fresh = new HashSet<>(exchanges); // what a try began may be ended
        fresh.removeAll(ledger.noted().all());
        long landed = ledger.wasBegunBefore() ? 0 : found.landing().rowsNotIngested();
        boolean everything =
                fresh.size() >= all && all > 1 && !requests.joined().isOfIdentifiers();
        if (Math.max(fresh.size(), landed) > (everything ? confirmed : allowed)) {
            throw moreThanMeant(fresh.size(), all, landed);
        }
        long bytes = found.objects().stream().mapToLong(StoredObject::bytes).sum();
        return new Plan(
                Asked.of(requests, found.exchanges()),
                exchanges.size(),
                all,
                found.scan().held(),
                found.objects().size(),
                bytes,
                finding.seconds(),
                Touched.of(tables, found, isPlanAlone),
                Estimate.of(bytes, tables.objects().atATime(), finding.seconds()),
                allowed,
                requests,
                ledger,
                found);
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        SparkContext spark = tables.read(ExchangeTable.SPEC).sparkSession().sparkContext();
        TaskMeter meter = new TaskMeter();
        spark.addSparkListener(meter);
        try {
            Result result = new ScrubRun(tables, plan, () -> cost(meter)).scrub();
            begun = null; // it has come to its end, whatever becomes of the record of the run
            return result;
        } finally {
            spark.removeSparkListener(meter);
        }
    }

    @Override
    public boolean doneInPart(Result result) {
        return result.state() != Certificate.State.DONE;
    }

    /** Refuses what would leave values behind: storage that keeps what is deleted, out of reach or locked. */
    private static void refuseStorage(TenantTables tables) {
        if (!tables.canBeCleared()) {
            throw SluiceException.refused(
                    "Cannot scrub",
                    "what this lake's storage keeps of deleted objects cannot be looked at",
                    "Give a lake in a folder, or a bucket by a URI that begins with s3a:");
        }
        VersionClearing.refuseLocked(tables);
    }

    private ScrubLedger open(TenantTables tables) {
        ScrubRequests requests = ScrubRequestFile.read(files);
        if (tables.isUntouched()) {
            throw SluiceException.settings(
                    "Cannot scrub",
                    "nothing was ever stored for tenant " + tables.tenant() + " in this lake",
                    "Check --tenant and --lake");
        }
        refuseAnotherDemand(requests, tables);
        return new ScrubLedger(tables, requests);
    }

    private static Certificate.Cost cost(TaskMeter meter) {
        return new Certificate.Cost(meter.cost().executorMs(), meter.cost().bytesWritten());
    }

    private static void refuseAnotherDemand(ScrubRequests requests, TenantTables tables) {
        Map<String, String> asked =
                requests.all().stream().collect(toMap(ScrubRequest::id, request -> request.hash(tables.key())));
        List<Row> seen = tables.read(ScrubRequestTable.SPEC)
                .where(col(ScrubRequestTable.REQUEST_ID)
                        .isInCollection(asked.keySet())
                        .and(ScrubLedger.isBegun())) // one that was refused before may be asked otherwise
                .select(ScrubRequestTable.REQUEST_ID, ScrubRequestTable.REQUEST_HASH)
                .distinct()
                .collectAsList();
        for (Row before : seen) {
            if (!before.getString(1).equals(asked.get(before.getString(0)))) {
                throw SluiceException.refused(
                        "Cannot scrub",
                        "request " + before.getString(0) + " was seen before and asked for something else",
                        "Give the new demand an id of its own");
            }
        }
    }

    private static SluiceException moreThanMeant(long found, long all, long landed) {
        return SluiceException.refused(
                "Cannot scrub",
                found + " of " + all + " exchanges"
                        + (landed > 0 ? " and " + landed + " rows of landing files that are no exchanges yet" : "")
                        + " hold a value of the request",
                "Narrow its selectors, or run it again with --confirm-rows " + Math.max(found, landed));
    }
}
