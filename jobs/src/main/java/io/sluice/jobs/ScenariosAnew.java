package io.sluice.jobs;

import io.sluice.lake.TenantTables;
import io.sluice.lineage.ConsumerTransform;
import io.sluice.schemas.LineageEdgeTable;
import io.sluice.schemas.ScenarioTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What became of scenarios that were learned anew, and who still has those before.
 *
 * @param regenerated how many have one of the same name in their place
 * @param withdrawn ids of those that have none: what is left does not support them
 * @param exports files that were made of them, the newest first, a thousand at most
 */
record ScenariosAnew(int regenerated, List<String> withdrawn, List<Exported> exports) {
    private static final int MOST = 1000;

    /** None was there. */
    static final ScenariosAnew NONE = new ScenariosAnew(0, List.of(), List.of());

    /** A file, and the run that wrote it. */
    record Exported(String file, String job, String runId) {
        private static Exported of(Row consumer) {
            return new Exported(
                    consumer.getAs(LineageEdgeTable.OBJECT),
                    consumer.getAs(LineageEdgeTable.JOB),
                    consumer.getAs(LineageEdgeTable.RUN_ID));
        }
    }

    /** The names of the scenarios that are there, by their ids. */
    static Map<String, String> names(TenantTables tables) {
        Map<String, String> names = new TreeMap<>();
        tables.read(ScenarioTable.SPEC)
                .select(ScenarioTable.SCENARIO_ID, ScenarioTable.NAME)
                .collectAsList()
                .forEach(row -> names.put(row.getString(0), row.getString(1)));
        return names;
    }

    /** Compares {@code before} with what is there now; in the names of files, values are masked by then. */
    static ScenariosAnew since(Map<String, String> before, TenantTables tables) {
        Set<String> now = Set.copyOf(names(tables).values());
        List<String> withdrawn = before.entrySet().stream()
                .filter(scenario -> !now.contains(scenario.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        List<Exported> exports =
                ConsumerTransform.exportsOf(ScenarioTable.SPEC, tables.read(LineageEdgeTable.SPEC))
                        .takeAsList(MOST)
                        .stream()
                        .map(Exported::of)
                        .toList();
        return new ScenariosAnew(before.size() - withdrawn.size(), withdrawn, exports);
    }
}
