package io.sluice.tests.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.tables.DeltaTable;
import io.sluice.lake.SessionSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/** The rows of every version of tables but the first, which has none, as text in order, by e.g. {@code exchange 1}. */
record Versions(Map<String, List<String>> rows) {
    static Versions of(Path tenant, List<String> tables) {
        SparkSession spark = SessionSettings.open("tests");
        Map<String, List<String>> versions = new TreeMap<>();
        for (String table : tables) {
            String path = tenant.resolve("tables").resolve(table).toString();
            long newest = DeltaTable.forPath(spark, path)
                    .history(1)
                    .select("version")
                    .first()
                    .getLong(0);
            for (long version = 1; version <= newest; version++) {
                versions.put(
                        table + " " + version,
                        spark
                                .read()
                                .format("delta")
                                .option("versionAsOf", version)
                                .load(path)
                                .toJSON()
                                .collectAsList()
                                .stream()
                                .sorted()
                                .toList());
            }
        }
        return new Versions(versions);
    }

    /** Each version is there still in {@code after}, with as many rows, of which those that are others now, {@code most} at most, are blank. */
    void stayButForBlankRowsIn(Versions after, int most) {
        assertThat(after.rows.keySet()).containsAll(rows.keySet());
        rows.forEach((version, was) -> {
            assertThat(after.of(version)).as(version).hasSameSizeAs(was);
            assertThat(changed(version, after))
                    .as("rows of %s that are others now", version)
                    .hasSizeLessThanOrEqualTo(most)
                    .allMatch(row -> row.contains("\"policy_version\":\"erased\"")
                            || row.contains("\"actor\":\"\"")
                            || row.contains("\"identifier_hash\":\"\""));
        });
    }

    /** The rows of {@code version} in {@code after} that are not among those here. */
    List<String> changed(String version, Versions after) {
        List<String> left = new ArrayList<>(after.of(version));
        left.removeAll(of(version));
        return left;
    }

    private List<String> of(String version) {
        return rows.getOrDefault(version, List.of());
    }
}
