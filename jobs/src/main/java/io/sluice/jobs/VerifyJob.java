package io.sluice.jobs;

import io.sluice.lake.StoredObject;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.TableSpec;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.search.SearchPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
            "With --certificate it checks signed certificates instead: exit code 3 if one was not made as it stands."
        })
final class VerifyJob implements Job<VerifyJob.Plan, VerifyJob.Result> {
    @Option(
            names = "--request",
            paramLabel = "FILE",
            description = "Scrub request whose values are looked for, in every encoding, with their pseudonyms")
    private @Nullable Path request;

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
            List<StorageScan.Place> hits,
            List<StorageScan.Unread> unread,
            double seconds,
            double decodedMegabytesPerSecond) {}

    @Override
    public List<TableSpec> reads() {
        return List.of();
    }

    @Override
    public List<TableSpec> writes() {
        return List.of();
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if ((request == null) == certificates.isEmpty()) {
            problems.add("give either --request or --certificate");
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
        ScrubRequest read = requested();
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
        SearchPlan search = ScrubRequestFile.searchPlan(requested(), tables);
        StorageScan scan = StorageScan.of(tables, search);
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        return new Result(
                plan.requestId(),
                scan.isClean(),
                scan.objects().size(),
                scan.bytes(),
                scan.decodedBytes(),
                scan.hitCount(),
                scan.unreadCount(),
                scan.places(),
                scan.unread(),
                Math.round(seconds * 1000) / 1000.0,
                Math.round(scan.decodedBytes() / seconds / 1e5) / 10.0);
    }

    private ScrubRequest requested() {
        return ScrubRequestFile.read(Objects.requireNonNull(request));
    }

    @Override
    public boolean doneInPart(Result result) {
        return !result.absent();
    }
}
