package io.sluice.jobs;

import io.sluice.lake.StoredObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.EvidenceTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.SuppressionTable;
import io.sluice.schemas.TableSpec;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.ScrubRequests;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Proves that values stand nowhere, by reading every byte that is stored for a tenant. */
@Command(
        name = "verify",
        description = {
            "Proves that the values of a scrub request stand nowhere, by reading every byte that is stored for a tenant:",
            "tables with all their files, logs and checkpoints, landing, exports, evidence, whatever else lies there.",
            "Of a request with a scope, the exchanges in it are looked at, as they are stored and as they landed.",
            "Writes to no table but those of runs. One place where a value stands, or one object that cannot be read,"
                    + " gives exit code 4.",
            "With --request-id it looks for what has come back, as from a backup, when the values themselves are known no more.",
            "With --certificate it checks signed certificates instead: exit code 3 if one was not made as it stands."
        })
final class VerifyJob implements Job<VerifyJob.Plan, VerifyJob.Result> {
    @Option(
            names = "--request",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Scrub request whose values are looked for, in every encoding, with their pseudonyms; several if they"
                            + " differ in values only")
    private List<Path> requests = List.of();

    @Option(
            names = "--request-id",
            paramLabel = "ID",
            description =
                    "Instead: a request that was carried out; the identifiers and erased exchanges of which hashes and ids are"
                            + " kept are looked for in landing files, the blind index and exchanges")
    private @Nullable String requestId;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Instead: certificates of scrubs, checked without any lake; several in the order of their chain")
    private List<Path> certificates = List.of();

    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "The key that must have signed the certificates, as it was published: one line of base64")
    private @Nullable Path publicKey;

    /** What lies there to be read. */
    record Plan(List<String> requests, long objects, long bytes) {}

    /**
     * The places of values, what came back of a request that was carried out, and the objects that could not be read in full: a
     * thousand of each at most.
     */
    record Result(
            boolean absent,
            long objects,
            long bytes,
            long decodedBytes,
            long hitCount,
            long unreadCount,
            List<StorageScan.Place> hits,
            List<ReturnSearch.Returned> returned,
            List<StorageScan.Unread> unread,
            double seconds,
            double decodedMegabytesPerSecond) {}

    @Override
    public List<TableSpec> reads() {
        return List.of(
                EvidenceTable.SPEC,
                ExchangeTable.SPEC,
                IdentifierTable.SPEC,
                ScrubExchangeTable.SPEC,
                SuppressionTable.SPEC);
    }

    @Override
    public List<TableSpec> writes() {
        return List.of();
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (Stream.of(!requests.isEmpty(), requestId != null, !certificates.isEmpty())
                        .filter(given -> given)
                        .count()
                != 1) {
            problems.add("give one of --request, --request-id and --certificate");
        }
        if (publicKey != null && certificates.isEmpty()) {
            problems.add("--public-key is for --certificate");
        }
        return problems;
    }

    @Override
    public Optional<Program> withoutTenant() {
        return certificates.isEmpty()
                ? Optional.empty()
                : Optional.of(new CertificateProgram(certificates, Optional.ofNullable(publicKey)));
    }

    @Override
    public Plan plan(TenantTables tables) {
        List<StoredObject> objects = tables.objects().list();
        List<String> ids = requestId != null
                ? List.of(requestId)
                : ScrubRequestFile.read(requests).all().stream()
                        .map(ScrubRequest::id)
                        .toList();
        return new Plan(
                ids,
                objects.size(),
                objects.stream().mapToLong(StoredObject::bytes).sum());
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        return requestId == null ? byValues(tables) : byHashes(requestId, tables);
    }

    private Result byValues(TenantTables tables) {
        long startedNanos = System.nanoTime();
        ScrubRequests read = ScrubRequestFile.read(requests);
        List<StoredObject> uploading = tables.objects().uploading(); // first: one may end as an object that is read
        StorageScan scan = StorageScan.of(tables, ScrubRequestFile.searchPlan(read.joined(), tables));
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        return new Result(
                scan.isClean() && uploading.isEmpty(),
                scan.objects().size(),
                scan.bytes(),
                scan.decodedBytes(),
                scan.hitCount(),
                scan.unreadCount() + uploading.size(),
                scan.places(read),
                List.of(),
                Stream.concat(scan.unread().stream(), uploading.stream().map(VerifyJob::unread))
                        .limit(StorageScan.LISTED)
                        .toList(),
                Math.round(seconds * 1000) / 1000.0,
                Math.round(scan.decodedBytes() / seconds / 1e5) / 10.0);
    }

    /** By an area of the lake only, as names may hold a value. */
    private static StorageScan.Unread unread(StoredObject uploading) {
        String area = Stream.of(StoredObjects.LANDING, StoredObjects.TABLES, StoredObjects.EXPORTS)
                .filter(uploading.key()::startsWith)
                .findFirst()
                .orElse("");
        return new StorageScan.Unread(
                area,
                "an upload that began at " + Instant.ofEpochMilli(uploading.modifiedMillis())
                        + " and is not finished cannot be read; a scrub gives it up");
    }

    private static Result byHashes(String requestId, TenantTables tables) {
        Stopwatch watch = new Stopwatch();
        ReturnSearch.Answer answer = watch.time(() -> new ReturnSearch(tables, requestId).search());
        return new Result(
                answer.returned().isEmpty() && answer.unread().isEmpty(),
                answer.objects().size(),
                answer.objects().stream().mapToLong(StoredObject::bytes).sum(),
                0,
                answer.returned().stream()
                        .mapToLong(ReturnSearch.Returned::places)
                        .sum(),
                answer.unread().size(),
                List.of(),
                answer.returned().stream().limit(StorageScan.LISTED).toList(),
                answer.unread().stream().limit(StorageScan.LISTED).toList(),
                watch.seconds(),
                0);
    }

    @Override
    public boolean doneInPart(Result result) {
        return !result.absent();
    }
}
