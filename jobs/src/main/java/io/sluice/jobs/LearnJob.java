package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sluice.lake.AsOf;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.FidelityTable;
import io.sluice.schemas.RunTable;
import io.sluice.schemas.ScenarioTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import io.sluice.schemas.TableSpec;
import io.sluice.scrub.Blanking;
import io.sluice.session.SessionTransform;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Learns endpoints, sessions, behavior models, dependencies and scenarios from the tenant's exchanges. */
@Command(
        name = "learn",
        description =
                "Learns endpoints, sessions, behavior models, dependencies and scenarios from the tenant's exchanges.")
final class LearnJob implements Job<LearnJob.Plan, LearnJob.Result> {
    @Option(names = "--from", paramLabel = "TIME", description = "Only exchanges captured at or after this instant")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only exchanges captured before this instant")
    private @Nullable Instant to;

    @Option(
            names = "--as-of",
            paramLabel = "VERSION",
            description = "Learn from this version of the table exchange (default: the newest)")
    private @Nullable Long asOf;

    @Option(
            names = "--k",
            paramLabel = "ACTORS",
            defaultValue = "5",
            description = "Actors that must have used a literal before it may stand in a scenario (default: 5)")
    private int k;

    @Option(
            names = "--session-gap",
            paramLabel = "DURATION",
            defaultValue = "PT30M",
            description = "Pause after which a new session begins, e.g. PT30M (default)")
    private Duration gap = SessionTransform.GAP;

    @Option(
            names = "--clusters",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Clusters of sessions to find (default: as many as fit best)")
    private int clusters;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "Seed of all chance (default: 1)")
    private long seed;

    /** The tables that it writes, each as a whole. */
    static final List<TableSpec> LEARNED = List.of(
            EndpointTable.SPEC,
            SessionTable.SPEC,
            SessionStepTable.SPEC,
            BehaviorModelTable.SPEC,
            DependencyTable.SPEC,
            ScenarioTable.SPEC,
            FidelityTable.SPEC);

    /** What is learned from: the version of {@code exchange}, the time span, and the settings. */
    record Plan(
            long exchangeVersion,
            @Nullable String from,
            @Nullable String to,
            String sessionGap,
            int k,
            int clusters,
            long seed) {
        /** The plan of the last learn that was done, or that of one without options. */
        static Plan last(TenantTables tables) {
            return tables
                    .read(RunTable.SPEC)
                    .where(col(RunTable.JOB)
                            .equalTo("learn")
                            .and(col(RunTable.STATE).equalTo("DONE")))
                    .orderBy(col(RunTable.ENDED_AT).desc())
                    .select(RunTable.DOCUMENT)
                    .takeAsList(1)
                    .stream()
                    .map(row -> RunDocument.plan(row.getString(0), Plan.class))
                    .findFirst()
                    .orElseGet(() -> new LearnJob().planned(0));
        }

        /** The same on another version of {@code exchange}. */
        Plan on(long version) {
            return new Plan(version, from, to, sessionGap, k, clusters, seed);
        }
    }

    /** How many of each were learned. */
    record Result(
            long endpoints,
            long actors,
            long sessions,
            long clusters,
            long dependencies,
            long scenarios,
            long fidelity) {}

    @Override
    public List<TableSpec> reads() {
        return List.of(ExchangeTable.SPEC);
    }

    @Override
    public List<TableSpec> writes() {
        return LEARNED;
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (k < 1) {
            problems.add("--k must be 1 or more");
        }
        if (clusters < 0 || clusters > 100) {
            problems.add("--clusters must be 0 to 100");
        }
        if (gap.isNegative() || gap.isZero()) {
            problems.add("--session-gap must be longer than nothing");
        }
        if (from != null && to != null && !from.isBefore(to)) {
            problems.add("--from must be before --to");
        }
        return problems;
    }

    @Override
    public Plan plan(TenantTables tables) {
        return planned(asOf == null ? tables.version(ExchangeTable.SPEC) : asOf);
    }

    private Plan planned(long version) {
        return new Plan(version, text(from), text(to), gap.toString(), k, clusters, seed);
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        Dataset<Row> exchanges = asOf == null
                ? tables.read(ExchangeTable.SPEC)
                : tables.read(ExchangeTable.SPEC, new AsOf.Version(plan.exchangeVersion()));
        return learn(plan, exchanges, tables);
    }

    /** Learns from those of {@code exchanges} that lie in the time of the plan and, as an earlier version has them, are not blank. */
    static Result learn(Plan plan, Dataset<Row> exchanges, TenantTables tables) {
        Column time = col(ExchangeTable.CAPTURED_AT);
        Dataset<Row> telling = exchanges.where(col(ExchangeTable.POLICY_VERSION).notEqual(Blanking.ERASED));
        Dataset<Row> since = plan.from() == null ? telling : telling.where(time.geq(lit(Instant.parse(plan.from()))));
        Dataset<Row> within = plan.to() == null ? since : since.where(time.lt(lit(Instant.parse(plan.to()))));
        try (Kept kept = new Kept()) {
            return new LearnRun(tables, within, kept).learn(plan, Duration.parse(plan.sessionGap()));
        }
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
