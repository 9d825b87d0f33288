package io.sluice.jobs;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.AsOf;
import io.sluice.lake.TenantQuery;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.TableSpec;
import io.sluice.schemas.Tables;
import io.sluice.tenant.SluiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Answers a read-only SQL query over the tenant's tables by their names. */
@Command(
        name = "sql",
        description = {
            "Answers a read-only SQL query over the tenant's tables by their names.",
            "Prints the answer instead of the run document; with --format json, the document with the rows in its result."
        })
final class SqlJob implements Job<SqlJob.Plan, SqlJob.Result> {
    @Parameters(paramLabel = "SQL", description = "One SELECT, WITH, VALUES, DESCRIBE or SHOW")
    private String sql = "";

    @Option(
            names = "--as-of",
            split = ",",
            paramLabel = "STATE",
            description =
                    "Earlier state: a version or an instant, for all tables of the query or as TABLE=STATE for one")
    private List<String> asOf = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, json or csv (default: table)")
    private AnswerFormat format = AnswerFormat.table;

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            defaultValue = "1000",
            description = "Most rows that are printed (default: 1000)")
    private int limit;

    /** The tables that the query reads, and the states asked for; never its text, which may hold a person's data. */
    record Plan(List<String> tables, List<String> asOf) {}

    /** How many rows the answer has; the rows are printed and kept nowhere. */
    record Result(int rows, boolean more, @JsonIgnore Answer answer) {}

    @Override
    public List<TableSpec> reads() {
        return Tables.ALL;
    }

    @Override
    public List<TableSpec> writes() {
        return List.of();
    }

    @Override
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (limit < 1) {
            problems.add("--limit must be 1 or more");
        }
        for (String given : asOf) {
            try {
                AsOf.parse(given.substring(given.indexOf('=') + 1));
            } catch (SluiceException e) {
                problems.add(e.getMessage());
            }
        }
        return problems;
    }

    @Override
    public Plan plan(TenantTables tables) {
        TenantQuery query = tables.query(sql);
        states(query);
        return new Plan(query.tables().stream().map(TableSpec::name).toList(), asOf);
    }

    @Override
    public Result execute(Plan plan, TenantTables tables) {
        TenantQuery query = tables.query(sql);
        Answer answer = Answer.of(query.answer(states(query)), limit);
        return new Result(answer.rows().size(), answer.more(), answer);
    }

    @Override
    public String printed(Result result, ObjectNode document) {
        return format.print(result.answer(), document);
    }

    private Map<TableSpec, AsOf> states(TenantQuery query) {
        Map<TableSpec, AsOf> states = new HashMap<>();
        for (String given : asOf) {
            int equals = given.indexOf('=');
            AsOf state = AsOf.parse(given.substring(equals + 1));
            String table = equals < 0 ? "" : given.substring(0, equals);
            List<TableSpec> meant = query.tables().stream()
                    .filter(spec -> table.isEmpty() || spec.name().equals(table))
                    .toList();
            if (meant.isEmpty()) {
                throw SluiceException.settings(
                        "Cannot read as of " + given, "the query does not name that table", "Name one that it reads");
            }
            if (meant.size() > 1 && state instanceof AsOf.Version) {
                throw SluiceException.settings(
                        "Cannot read as of version " + state.text(),
                        "each table counts its own versions and the query names " + meant.size(),
                        "Give an instant, or one TABLE=VERSION for each");
            }
            meant.forEach(spec -> states.put(spec, state));
        }
        return states;
    }
}
