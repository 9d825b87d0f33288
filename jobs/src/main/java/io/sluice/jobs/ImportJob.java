package io.sluice.jobs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.sluice.capture.CaptureFormat;
import io.sluice.lake.CaptureFile;
import io.sluice.lake.CaptureImport;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.RejectTable;
import io.sluice.schemas.TableSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads captured traffic into the tenant's landing. */
@Command(name = "import", description = "Reads captured traffic into the tenant's landing.")
final class ImportJob implements Job<ImportJob.Plan, ImportJob.Result> {
    private static final String AUTO = "auto";

    private final Clock clock = Clock.systemUTC();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "har, rrpair, or auto: each file as its content says (default: auto)",
            defaultValue = AUTO)
    private String format = AUTO;

    @Option(
            names = "--service",
            paramLabel = "NAME",
            description = "Service that all exchanges belong to (default: as each capture says, or else the host)")
    private @Nullable String service;

    @Option(
            names = "--max-exchange-mb",
            paramLabel = "N",
            description = "A larger exchange is rejected instead of held in memory (default: 32)",
            defaultValue = "32")
    private int maxExchangeMb = 32;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files, folders and patterns, packed with gzip or zstd or not; - for standard input")
    private List<String> paths = new ArrayList<>();

    /** The files at hand; only reading them shows which of them are captures. */
    record Plan(
            long files,
            long bytes,
            Map<String, Long> filesByExtension,
            @JsonIgnore List<CaptureFile> captures) {}

    /** What was read: {@code imported + rejected = found}; files that are no captures are counted as skipped. */
    record Result(
            long found,
            long imported,
            long rejected,
            Map<String, Long> rejectedByReason,
            Map<String, Long> filesByFormat,
            Map<String, Long> skipped,
            long landingFiles,
            long bytes,
            double seconds,
            double megabytesPerSecond) {}

    @Override
    public List<TableSpec> reads() {
        return List.of();
    }

    @Override
    public List<TableSpec> writes() {
        return List.of(RejectTable.SPEC);
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!format.equals(AUTO) && CaptureFormat.named(format).isEmpty()) {
            problems.add("--format is one of auto, " + String.join(", ", CaptureFormat.codes()));
        }
        if (maxExchangeMb < 1 || maxExchangeMb > 512) {
            problems.add("--max-exchange-mb is between 1 and 512");
        }
        if (service != null && service.isBlank()) {
            problems.add("--service needs a name");
        }
        return problems;
    }

    @Override
    public Plan plan(TenantTables tables) {
        List<CaptureFile> captures = tables.captureFiles(paths);
        Map<String, Long> byExtension = new TreeMap<>();
        captures.forEach(file -> byExtension.merge(file.extension(), 1L, Long::sum));
        long bytes = captures.stream().mapToLong(CaptureFile::bytes).sum();
        return new Plan(captures.size(), bytes, byExtension, captures);
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        Instant start = clock.instant();
        CaptureFormat asked = CaptureFormat.named(format).orElse(null);
        try (CaptureImport running =
                tables.importing(plan.captures(), new CaptureToLanding(asked, service, maxExchangeMb << 20))) {
            CaptureImport.Tally tally = running.tally();
            if (tally.rejected() > 0) {
                tables.append(RejectTable.SPEC, running.rejects());
            }
            return result(tally, plan.bytes(), Duration.between(start, clock.instant()));
        }
    }

    @Override
    public boolean doneInPart(Result result) {
        return result.rejected() > 0;
    }

    private static Result result(CaptureImport.Tally tally, long bytes, Duration took) {
        if (tally.imported() + tally.rejected() != tally.found()) {
            throw new IllegalStateException("imported " + tally.imported() + " and rejected " + tally.rejected()
                    + " do not add up to found " + tally.found());
        }
        double seconds = took.toMillis() / 1e3;
        return new Result(
                tally.found(),
                tally.imported(),
                tally.rejected(),
                tally.rejectedByReason(),
                tally.filesByFormat(),
                tally.skipped(),
                tally.landingFiles(),
                bytes,
                seconds,
                seconds > 0 ? Math.round(bytes / 1e5 / seconds) / 10.0 : 0);
    }
}
