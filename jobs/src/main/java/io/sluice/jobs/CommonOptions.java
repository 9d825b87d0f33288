package io.sluice.jobs;

import io.sluice.tenant.SluiceException;
import io.sluice.tenant.TenantConfig;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The options that every job takes. */
@Command
final class CommonOptions {
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** Whether a newer release is looked for before the job. */
    enum ReleaseCheck {
        off
    }

    @Option(names = "--tenant", paramLabel = "NAME", description = "Tenant whose data is worked on")
    private @Nullable String tenant;

    @Option(
            names = "--lake",
            paramLabel = "URI",
            description = "Root of all tenants, file: or s3a: (default: ./lake)",
            defaultValue = "./lake")
    private String lake = "";

    @Option(names = "--config", paramLabel = "FILE", description = "YAML with root, key and policy of each tenant")
    private @Nullable Path config;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "Names the run; a run that is done is not done again (default: a new id)")
    private @Nullable String runId;

    @Option(names = "--plan-only", description = "Say what would be done, and write nothing")
    private boolean planOnly;

    @Option(
            names = "--release-check",
            paramLabel = "off",
            description = "off: run the release at hand, which is what happens anyway")
    void releaseCheck(ReleaseCheck given) {
        // Parsing refuses every word but off; there is nothing to remember.
    }

    boolean planOnly() {
        return planOnly;
    }

    Optional<String> runId() {
        return Optional.ofNullable(runId);
    }

    /** The settings of the tenant, or everything that is wrong added to {@code problems}. */
    Optional<TenantSettings> settings(List<String> problems) {
        if (runId != null && !RUN_ID.matcher(runId).matches()) {
            problems.add(
                    "--run-id takes up to 100 letters, digits, dots, underscores and hyphens, beginning with a letter"
                            + " or digit");
        }
        if (lake.isBlank()) {
            problems.add("--lake must name a folder or a URI such as s3a://acme-sluice/lake");
        }
        Optional<TenantConfig> configured = read(problems);
        if (tenant == null) { // not left to the parser, since a few uses of a job need none
            problems.add("Missing required option: '--tenant=NAME'");
            return Optional.empty();
        }
        try {
            TenantName name = new TenantName(tenant);
            return configured.map(given -> given.settings(name, lake));
        } catch (SluiceException e) {
            problems.add(e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<TenantConfig> read(List<String> problems) {
        if (config == null) {
            return Optional.of(TenantConfig.none());
        }
        TenantConfig.Reading reading = TenantConfig.read(config);
        problems.addAll(reading.problems());
        return reading.config();
    }
}
