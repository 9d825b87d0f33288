package io.sluice.jobs;

import io.sluice.lake.TenantTables;
import io.sluice.report.ReportModel;
import io.sluice.report.ReportPage;
import io.sluice.report.ReportWriter;
import io.sluice.schemas.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes one self-contained page about everything that was captured and learned. */
@Command(
        name = "report",
        description = "Writes one self-contained page about everything that was captured and learned.")
public final class ReportJob implements Job<ReportJob.Plan, ReportJob.Result> {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "FILE.html",
            description = "Where the page goes, a path or URI; what stands there is replaced")
    private String to = "";

    /** What the page will be made from: the tables that are there, each with the version to be read. */
    record Plan(String to, Map<String, Long> tables) {}

    /** What was written, and how many rows of each kind stand on the page. */
    record Result(String to, long bytesWritten, Map<String, Integer> rowsShown) {}

    @Override
    public List<TableSpec> reads() {
        return ReportWriter.TABLES;
    }

    @Override
    public List<TableSpec> writes() {
        return List.of();
    }

    @Override
    public Plan plan(TenantTables tables) {
        Map<String, Long> versions = new TreeMap<>();
        for (TableSpec table : ReportWriter.TABLES) {
            if (tables.exists(table)) {
                versions.put(table.name(), tables.version(table));
            }
        }
        return new Plan(to, versions);
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        ReportModel.Subject subject = new ReportModel.Subject(
                tables.tenant().value(), tables.runId(), tables.startedAt().toEpochMilli());
        ReportModel model = ReportWriter.gather(subject, tables::read);
        long bytesWritten = tables.output("report", plan.to()).write(ReportPage.render(model));
        Map<String, Integer> shown = new TreeMap<>();
        model.sections()
                .forEach((name, section) -> shown.put(name, section.rows().size()));
        return new Result(plan.to(), bytesWritten, shown);
    }

    @Override
    public List<String> problems() {
        return to.endsWith(".html") ? List.of() : List.of("--to takes the name of an .html file");
    }
}
