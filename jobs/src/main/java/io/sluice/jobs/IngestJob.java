package io.sluice.jobs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sluice.lake.Landing;
import io.sluice.lake.LandingCheck;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.RedactionPolicy;
import io.sluice.schemas.Document;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.schemas.LandingObjectTable;
import io.sluice.schemas.RejectTable;
import io.sluice.schemas.ScrubExchangeTable;
import io.sluice.schemas.SuppressionTable;
import io.sluice.schemas.TableSpec;
import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes landing files into the exchange table, redacted, each exchange exactly once. */
@Command(
        name = "ingest",
        description = {
            "Takes landing files into the exchange table, redacted, each exchange exactly once.",
            "Stopped at any moment and started again, it finishes what it had begun."
        })
final class IngestJob implements Job<IngestJob.Plan, IngestJob.Result> {

    @Option(
            names = "--batch-bytes",
            paramLabel = "N",
            description = "Landing files are taken up in batches of about so many bytes (default: 536870912)",
            defaultValue = "536870912")
    private long batchBytes;

    /** The batch to finish, 0 if none was left unfinished, and the files that are new. */
    record Plan(
            long unfinishedBatch,
            int newBatches,
            long filesAccepted,
            long filesRejected,
            long bytes,
            String policyVersion,
            @JsonIgnore List<IngestBatch> batches) {}

    /** {@code exchangesAppended + rowsRejected + duplicates = rowsRead}; a row of an exchange that was scrubbed counts as a duplicate. */
    record Result(
            int batches,
            long filesAccepted,
            long filesRejected,
            long rowsRead,
            long exchangesAppended,
            long rowsRejected,
            long duplicates,
            long identifiersAppended,
            String policyVersion,
            double seconds,
            long rowsPerSecond) {}

    @Override
    public List<TableSpec> reads() {
        return List.of(SuppressionTable.SPEC, ScrubExchangeTable.SPEC);
    }

    @Override
    public List<TableSpec> writes() {
        return List.of(LandingObjectTable.SPEC, RejectTable.SPEC, IdentifierTable.SPEC, ExchangeTable.SPEC);
    }

    @Override
    public List<String> problems() {
        return batchBytes < 1 ? List.of("--batch-bytes must be 1 or more") : List.of();
    }

    @Override
    public Plan plan(TenantTables tables) {
        Landing landing = tables.landing();
        long begun = tables.committed(LandingObjectTable.SPEC, IngestRun.STREAM);
        long done = tables.committed(ExchangeTable.SPEC, IngestRun.STREAM);
        List<LandingCheck> files = landing.check(new LandingLedger(tables, landing).unseen());
        List<IngestBatch> batches = IngestBatch.of(files, batchBytes, begun + 1);
        long accepted = files.stream().filter(LandingCheck::isAccepted).count();
        return new Plan(
                begun > done ? begun : 0,
                batches.size(),
                accepted,
                files.size() - accepted,
                files.stream().mapToLong(file -> file.object().bytes()).sum(),
                policy(tables).version(),
                batches);
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        Landing landing = tables.landing();
        new LandingLedger(tables, landing).adopt(landing.list());
        IngestRun run = new IngestRun(tables, policy(tables));
        if (plan.unfinishedBatch() > 0) {
            run.finish(plan.unfinishedBatch());
        }
        for (IngestBatch batch : plan.batches()) {
            run.take(batch);
        }
        return run.result();
    }

    /** The policy of the tenant, its own or the standard one. */
    static RedactionPolicy policy(TenantTables tables) {
        return tables.policy().map(IngestJob::read).orElseGet(RedactionPolicy::standard);
    }

    private static RedactionPolicy read(Path file) {
        try {
            return RedactionPolicy.read(Files.readString(file));
        } catch (IOException e) {
            throw unreadable(file, "the file cannot be read as text").causedBy(e);
        } catch (Document.Invalid e) {
            throw unreadable(file, String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    private static SluiceException unreadable(Path file, String why) {
        return SluiceException.settings(
                "Cannot read the redaction policy " + file,
                why,
                "Correct the file that the tenant's configuration names as its policy");
    }

    @Override
    public boolean doneInPart(Result result) {
        return result.filesRejected() > 0 || result.rowsRejected() > 0;
    }
}
