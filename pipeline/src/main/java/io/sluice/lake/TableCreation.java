package io.sluice.lake;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.sluice.schemas.ColumnSpec;
import io.sluice.schemas.TableSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.TimestampType;

/** Creates one Delta table from its declaration. */
final class TableCreation {
    private final SparkSession spark;
    private final TableSpec table;
    private final Path path;
    private final TableLog log;

    TableCreation(SparkSession spark, TableSpec table, Path path) {
        this.spark = spark;
        this.table = table;
        this.path = path;
        this.log = new TableLog(spark, path);
    }

    /** Creates the table, or finds that another run created it at the same moment, from the same declaration. */
    void create() {
        try {
            if (log.isEmpty()) {
                createBeside();
            } else {
                declared(path).execute();
            }
        } catch (Exception e) { // Scala does not declare that a commit may be there already
            if (log.version() == TableLog.ABSENT) {
                throw e;
            }
        }
    }

    /**
     * A run that ended between making the folder of the log and its first commit leaves what Delta takes for a table and
     * then cannot open. So the first commit is made beside it and put into its place, which only one run can do.
     */
    private void createBeside() {
        Path beside = path.suffix("-" + UUID.randomUUID());
        try {
            declared(beside).execute();
            new TableLog(spark, beside).copyFirstCommit(log);
        } finally {
            delete(beside);
        }
    }

    private void delete(Path folder) {
        try {
            folder.getFileSystem(spark.sessionState().newHadoopConf()).delete(folder, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DeltaTableBuilder declared(Path location) {
        DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark)
                .location(location.toString())
                .comment(table.purpose())
                .addColumns(table.schema());
        properties(table).forEach(builder::property);
        if (!table.clusteringKeys().isEmpty()) {
            builder.clusterBy(table.clusteringKeys().toArray(String[]::new));
        }
        return builder;
    }

    /** The properties of a table as it is declared now. */
    static Map<String, String> properties(TableSpec table) {
        Map<String, String> properties = new TreeMap<>(table.properties());
        properties.put("sluice.version", Integer.toString(table.version()));
        List<String> statistics = statistics(table);
        if (statistics.isEmpty()) {
            properties.put("delta.dataSkippingNumIndexedCols", "0");
        } else {
            properties.put("delta.dataSkippingStatsColumns", String.join(",", statistics));
        }
        return properties;
    }

    /**
     * The columns that Delta keeps minima and maxima of: those by which files differ, keys of clustering and times. Of
     * others every file holds about the same values, and gathering them costs a tenth of a write.
     */
    static List<String> statistics(TableSpec table) {
        return table.columns().stream()
                .filter(column -> column.sensitivity().mayHaveStatistics())
                .filter(column -> table.clusteringKeys().contains(column.name())
                        || column.type() instanceof DateType
                        || column.type() instanceof TimestampType)
                .map(ColumnSpec::name)
                .toList();
    }
}
