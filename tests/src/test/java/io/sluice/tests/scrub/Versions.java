package io.sluice.tests.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** Of each version of {@code table}, {@code certificate} says how many of its rows are blank, and others, in {@code after}. */
    void areCertifiedBy(JsonNode certificate, String table, Versions after) {
        Map<Long, Long> certified = new TreeMap<>();
        for (JsonNode change : certificate.path("tables")) {
            if (change.path("table").asText().equals(table)) {
                for (JsonNode versions : change.path("versions")) {
                    for (long version = versions.path("from").asLong();
                            version <= versions.path("to").asLong();
                            version++) {
                        certified.put(version, versions.path("rows").asLong());
                    }
                }
            }
        }
        assertThat(certified).as("versions of %s with blank rows", table).isNotEmpty();
        assertThat(rows.keySet())
                .as("versions that there are")
                .containsAll(certified.keySet().stream()
                        .map(version -> table + " " + version)
                        .toList());
        rows.keySet().stream()
                .filter(version -> version.startsWith(table + " "))
                .forEach(version -> assertThat(
                                certified.getOrDefault(Long.parseLong(version.substring(table.length() + 1)), 0L))
                        .as("blank rows of " + version)
                        .isEqualTo(changed(version, after).size()));
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
