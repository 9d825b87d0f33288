package io.sluice.lake;

import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** The Spark settings of Sluice, in the one place that has any; a setting made outside, as by spark-submit, wins. */
public final class SessionSettings {
    /** A list of so many values is handed to the reader of Parquet files value by value, of more by minimum and maximum only. */
    public static final int MOST_VALUES_ASKED_FOR = 100;

    private static final String MASTER = "spark.master";
    /** Who looks for a few rows, or blanks them, goes through their row groups. */
    private static final int ROW_GROUP_BYTES = 32 << 20;

    private static final String PARQUET = "spark.hadoop.parquet.";

    private SessionSettings() {}

    /** The running session, or a new one: on the master that spark-submit set, else on all local cores. */
    public static SparkSession open(String name) {
        SparkConf conf = new SparkConf();
        SparkSession.Builder builder = SparkSession.builder().appName(name);
        everywhere().forEach((key, value) -> {
            if (!conf.contains(key)) {
                builder.config(key, value);
            }
        });
        if (!conf.contains(MASTER)) {
            local().forEach(builder::config);
        }
        return builder.getOrCreate();
    }

    private static Map<String, String> everywhere() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
        settings.put("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
        settings.put("spark.sql.session.timeZone", "UTC");
        settings.put("spark.sql.datetime.java8API.enabled", "true"); // rows hold Instant, free of the machine's zone
        settings.put("spark.sql.adaptive.enabled", "true");
        // Delta cannot enforce NOT NULL inside an array and refuses the declaration otherwise.
        settings.put("spark.databricks.delta.constraints.allowUnenforcedNotNull.enabled", "true");
        settings.put("spark.databricks.delta.snapshotPartitions", "4");
        settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "16");
        settings.put("spark.buffer.pageSize", "4m"); // learn sorts many small things at once, each in a page of its own
        settings.put("spark.ui.showConsoleProgress", "false");
        settings.put("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS"); // others have no statistics
        settings.put("spark.sql.parquet.pushdown.inFilterThreshold", Integer.toString(MOST_VALUES_ASKED_FOR));
        settings.putAll(parquet());
        return settings;
    }

    /** Keeps the Parquet writer from work that no reader profits from: what is in each message differs in each. */
    private static Map<String, String> parquet() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(PARQUET + "size.statistics.enabled", "false");
        settings.put(PARQUET + "block.size", Integer.toString(ROW_GROUP_BYTES));
        for (String body : List.of(ExchangeTable.REQUEST_BODY, ExchangeTable.RESPONSE_BODY)) {
            settings.put(PARQUET + "enable.dictionary#" + body, "false");
            settings.put(PARQUET + "column.statistics.enabled#" + body, "false");
        }
        settings.put(PARQUET + "enable.dictionary#" + ExchangeTable.EXCHANGE_ID, "false");
        settings.put(PARQUET + "bloom.filter.enabled#" + IdentifierTable.IDENTIFIER_HASH, "true");
        settings.put(PARQUET + "bloom.filter.adaptive.enabled", "true");
        for (String headers : List.of(ExchangeTable.REQUEST_HEADERS, ExchangeTable.RESPONSE_HEADERS)) {
            for (String field : ExchangeTable.HEADER.fieldNames()) {
                settings.put(PARQUET + "column.statistics.enabled#" + headers + ".list.element." + field, "false");
            }
        }
        return settings;
    }

    private static Map<String, String> local() {
        int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put(MASTER, "local[*]");
        settings.put("spark.ui.enabled", "false");
        settings.put("spark.driver.host", "127.0.0.1");
        settings.put("spark.driver.bindAddress", "127.0.0.1");
        settings.put("spark.sql.shuffle.partitions", Integer.toString(cores));
        settings.put("spark.databricks.delta.snapshotPartitions", "2");
        settings.put("spark.sql.sources.parallelPartitionDiscovery.parallelism", "4");
        settings.put("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/sluice-warehouse");
        return settings;
    }
}
