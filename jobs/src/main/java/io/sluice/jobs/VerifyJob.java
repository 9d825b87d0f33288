package io.sluice.jobs;

import io.sluice.lake.ObjectReading;
import io.sluice.lake.StoredObject;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.TableSpec;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.search.Hit;
import io.sluice.scrub.search.ObjectScan;
import io.sluice.scrub.search.ScannedObject;
import io.sluice.scrub.search.SearchPlan;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves that values stand nowhere, by reading every byte that is stored for a tenant. */
@Command(
        name = "verify",
        description = {
            "Proves that the values of a scrub request stand nowhere, by reading every byte that is stored for a tenant:",
            "tables with all their files, logs and checkpoints, landing, exports, evidence, whatever else lies there.",
            "Writes to no table but those of runs. One place where a value stands, or one object that cannot be read,"
                    + " gives exit code 4."
        })
final class VerifyJob implements Job<VerifyJob.Plan, VerifyJob.Result> {
    private static final int LISTED = 1000;

    @Option(
            names = "--request",
            required = true,
            paramLabel = "FILE",
            description = "Scrub request whose values are looked for, in every encoding, with their pseudonyms")
    private Path request = Path.of("");

    /** What lies there to be read. */
    record Plan(String requestId, int selectors, long objects, long bytes) {}

    /** The places of values, and the objects that could not be read in full: a thousand of each at most. */
    record Result(
            String requestId,
            boolean absent,
            long objects,
            long bytes,
            long decodedBytes,
            long hitCount,
            long unreadCount,
            List<PlacedHit> hits,
            List<Unread> unread,
            double seconds,
            double decodedMegabytesPerSecond) {}

    /** A place of a value, by the number of the selector that asked for it. */
    record PlacedHit(String object, String place, long position, int selector, String form, String encodings) {
        static PlacedHit of(String object, Hit hit) {
            return new PlacedHit(object, hit.place(), hit.position(), hit.selector(), hit.form(), hit.encodings());
        }
    }

    record Unread(String object, String problem) {}

    @Override
    public List<TableSpec> reads() {
        return List.of();
    }

    @Override
    public List<TableSpec> writes() {
        return List.of();
    }

    @Override
    public Plan plan(TenantTables tables) {
        ScrubRequest read = ScrubRequestFile.read(request);
        List<StoredObject> objects = tables.objects().list();
        return new Plan(
                read.id(),
                read.selectors().size(),
                objects.size(),
                objects.stream().mapToLong(StoredObject::bytes).sum());
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        long startedNanos = System.nanoTime();
        SearchPlan search = ScrubRequestFile.read(request).searchPlan(tables.key());
        List<ScannedObject> scanned =
                tables.objects().read(tables.objects().list(), () -> reading(new ObjectScan(search)));
        return result(plan.requestId(), scanned, (System.nanoTime() - startedNanos) / 1e9);
    }

    private static ObjectReading<ScannedObject> reading(ObjectScan scan) {
        return scan::of;
    }

    private static Result result(String requestId, List<ScannedObject> scanned, double seconds) {
        long decoded = scanned.stream().mapToLong(ScannedObject::decodedBytes).sum();
        long hits = scanned.stream().mapToLong(ScannedObject::hitCount).sum();
        List<ScannedObject> unread =
                scanned.stream().filter(object -> !object.isReadInFull()).toList();
        return new Result(
                requestId,
                hits == 0 && unread.isEmpty(),
                scanned.size(),
                scanned.stream().mapToLong(ScannedObject::bytes).sum(),
                decoded,
                hits,
                unread.size(),
                scanned.stream()
                        .flatMap(object -> object.hits().stream().map(hit -> PlacedHit.of(object.name(), hit)))
                        .limit(LISTED)
                        .toList(),
                unread.stream()
                        .map(object -> new Unread(object.name(), object.problem()))
                        .limit(LISTED)
                        .toList(),
                Math.round(seconds * 1000) / 1000.0,
                Math.round(decoded / seconds / 1e5) / 10.0);
    }

    @Override
    public boolean doneInPart(Result result) {
        return !result.absent();
    }
}
