package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;

import io.sluice.export.ExportFormat;
import io.sluice.export.ExportedFile;
import io.sluice.lake.TenantTables;
import io.sluice.scenario.Scenario;
import io.sluice.scenario.ScenarioDocument;
import io.sluice.schemas.ScenarioTable;
import io.sluice.schemas.TableSpec;
import io.sluice.tenant.SluiceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the learned scenarios as files for other tools. */
@Command(name = "export", description = "Writes the learned scenarios as files for other tools.")
public final class ExportJob implements Job<ExportJob.Plan, ExportJob.Result> {
    /** A workload is read by people and tools; beyond this the heaviest scenarios are taken. */
    private static final int MOST_SCENARIOS = 1000;

    @Option(
            names = "--format",
            required = true,
            split = ",",
            paramLabel = "FORMAT",
            description = "What to write, one or more of: scenario, k6, jmeter")
    private List<String> formats = new ArrayList<>();

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder or URI that the files go to")
    private String to = "";

    @Option(
            names = "--scenario",
            paramLabel = "ID",
            description = "Only this scenario; may be given several times (default: all)")
    private List<String> only = new ArrayList<>();

    /** Which scenarios go into which formats. */
    record Plan(List<String> scenarios, List<String> formats, String to) {}

    /** Which files were written. */
    record Result(int scenariosExported, List<String> files) {}

    @Override
    public List<TableSpec> reads() {
        return List.of(ScenarioTable.SPEC);
    }

    @Override
    public List<TableSpec> writes() {
        return List.of();
    }

    @Override
    public List<String> problems() {
        String known =
                Arrays.stream(ExportFormat.values()).map(ExportFormat::option).collect(Collectors.joining(", "));
        return formats.stream()
                .filter(format -> ExportFormat.named(format).isEmpty())
                .map(format -> "--format does not know '" + format + "'; give one or more of " + known)
                .toList();
    }

    @Override
    public Plan plan(TenantTables tables) {
        List<String> ids = chosen(tables)
                .select(ScenarioTable.SCENARIO_ID)
                .as(Encoders.STRING())
                .collectAsList();
        List<String> missing = only.stream().filter(id -> !ids.contains(id)).toList();
        if (!missing.isEmpty()) {
            throw SluiceException.settings(
                    "Cannot export scenario " + String.join(", ", missing),
                    "the tenant has no scenario of that id",
                    "See sql \"SELECT scenario_id, name FROM scenario\"");
        }
        if (ids.isEmpty()) {
            throw SluiceException.refused(
                    "Cannot export", "the tenant has no scenarios yet", "Run learn first, after import and ingest");
        }
        return new Plan(ids, formats, to);
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        List<Scenario> scenarios =
                chosen(tables).select(ScenarioTable.DOCUMENT).as(Encoders.STRING()).collectAsList().stream()
                        .map(ScenarioDocument::read)
                        .toList();
        List<String> files = new ArrayList<>();
        formats.stream()
                .map(ExportFormat::named)
                .flatMap(Optional::stream)
                .distinct()
                .forEach(format -> {
                    for (ExportedFile file : format.writer().write(scenarios)) {
                        String place = (to.endsWith("/") ? to : to + "/") + file.name();
                        tables.output("export", place).write(file.text());
                        files.add(place);
                    }
                });
        return new Result(scenarios.size(), files);
    }

    private Dataset<Row> chosen(TenantTables tables) {
        Dataset<Row> scenarios = tables.read(ScenarioTable.SPEC);
        Dataset<Row> wanted = only.isEmpty()
                ? scenarios
                : scenarios.where(col(ScenarioTable.SCENARIO_ID).isInCollection(only));
        return wanted.orderBy(desc(ScenarioTable.WEIGHT), col(ScenarioTable.SCENARIO_ID))
                .limit(MOST_SCENARIOS);
    }
}
