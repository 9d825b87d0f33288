package io.sluice.lake;

import io.sluice.schemas.TableSpec;
import io.sluice.schemas.Tables;
import io.sluice.tenant.DidYouMean;
import io.sluice.tenant.SluiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A read-only SQL query over the tables of one tenant, which it knows by their names and nothing else. */
public final class TenantQuery {
    private static final Map<String, TableSpec> TABLES =
            Tables.ALL.stream().collect(Collectors.toMap(TableSpec::name, table -> table, (a, b) -> a, TreeMap::new));
    private static final String WHAT = "Cannot answer the query";

    private final TenantTables tables;
    private final String sql;
    private final List<TableSpec> named;

    private TenantQuery(TenantTables tables, String sql, List<TableSpec> named) {
        this.tables = tables;
        this.sql = sql;
        this.named = named;
    }

    /** Parses {@code sql}; a query that is none, or that reaches beyond the tenant's tables, is refused here. */
    public static TenantQuery parse(TenantTables tables, String sql) {
        QueryGuard.Findings found;
        try {
            found = QueryGuard.look(tables.spark().sessionState().sqlParser().parsePlan(sql));
        } catch (Exception e) {
            throw told(e);
        }
        List<String> problems = new ArrayList<>(found.problems());
        for (String name : found.relations()) {
            if (!TABLES.containsKey(name)) {
                problems.add("there is no table " + name + DidYouMean.suggest(name, TABLES.keySet()));
            }
        }
        if (!problems.isEmpty()) {
            throw SluiceException.settings(
                    WHAT,
                    String.join("; ", problems),
                    "Give one SELECT, WITH, VALUES, DESCRIBE or SHOW over " + String.join(", ", TABLES.keySet()));
        }
        return new TenantQuery(
                tables, sql, found.relations().stream().map(TABLES::get).toList());
    }

    /** The tables that the query names. */
    public List<TableSpec> tables() {
        return named;
    }

    /** The answer over the pinned tables, or over their states in {@code asOf}. */
    public Dataset<Row> answer(Map<TableSpec, AsOf> asOf) {
        SparkSession apart = tables.spark().newSession(); // sees no view of another query
        apart.conf().set("spark.sql.runSQLOnFiles", "false");
        for (TableSpec table : named) {
            AsOf state = asOf.get(table);
            Dataset<Row> rows = state == null ? tables.read(apart, table) : tables.read(apart, table, state);
            rows.createOrReplaceTempView(table.name());
        }
        try {
            return apart.sql(sql);
        } catch (Exception e) {
            throw told(e);
        }
    }

    /** Turns Spark's complaint into ours; of its parameters only names are repeated, for a literal may be a person's. */
    private static RuntimeException told(Exception thrown) {
        if (!(thrown instanceof AnalysisException e)) { // Scala does not declare that it throws this one
            return thrown instanceof RuntimeException defect ? defect : new IllegalStateException(thrown);
        }
        String place = e.line().isEmpty() ? "" : " in line " + e.line().get();
        String name = parameter(e, "objectName").map(object -> ", " + object).orElse("");
        String proposal = parameter(e, "proposal")
                .map(names -> ". Did you mean one of " + names + "?")
                .orElse("");
        return SluiceException.settings(
                        WHAT, "Spark says " + e.getCondition() + place + name + proposal, "Correct the query")
                .causedBy(e);
    }

    private static Optional<String> parameter(SparkThrowable e, String name) {
        return Optional.ofNullable(e.getMessageParameters().get(name));
    }
}
