package io.sluice.jobs;

import static org.apache.spark.sql.functions.broadcast;

import io.sluice.schemas.ExchangeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Ids of the exchanges that scrub requests select, by the place of the request among those of the run. */
final class Selection {
    static final String REQUEST = "request";
    private static final StructType TYPE = new StructType()
            .add(ExchangeTable.EXCHANGE_ID, DataTypes.StringType, false)
            .add(REQUEST, DataTypes.IntegerType, false);

    private final TreeMap<Integer, TreeSet<String>> ids = new TreeMap<>();

    /** Those of rows with columns {@link ExchangeTable#EXCHANGE_ID} and {@link #REQUEST}. */
    static Selection of(Dataset<Row> rows) {
        Selection selection = new Selection();
        rows.select(ExchangeTable.EXCHANGE_ID, REQUEST)
                .distinct()
                .collectAsList()
                .forEach(row -> selection.add(row.getInt(1), row.getString(0)));
        return selection;
    }

    void add(int request, String id) {
        ids.computeIfAbsent(request, fresh -> new TreeSet<>()).add(id);
    }

    /** These and {@code more}. */
    Selection and(Selection more) {
        Selection both = new Selection();
        ids.forEach((request, some) -> some.forEach(id -> both.add(request, id)));
        more.ids.forEach((request, some) -> some.forEach(id -> both.add(request, id)));
        return both;
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    /** Those of one request. */
    Set<String> of(int request) {
        return ids.getOrDefault(request, new TreeSet<>());
    }

    /** Those of all requests, each once. */
    Set<String> all() {
        Set<String> all = new TreeSet<>();
        ids.values().forEach(all::addAll);
        return all;
    }

    /** Those of {@code rows} whose {@link ExchangeTable#EXCHANGE_ID} is one of {@code ids}. */
    static Dataset<Row> those(Dataset<Row> rows, Set<String> ids) {
        Dataset<Row> keys = rows.sparkSession()
                .createDataFrame(ids.stream().map(RowFactory::create).toList(), new StructType().add(TYPE.apply(0)));
        return rows.join(broadcast(keys), ExchangeTable.EXCHANGE_ID);
    }

    /** The rows that {@link #of(Dataset)} reads. */
    Dataset<Row> rows(SparkSession spark) {
        List<Row> rows = new ArrayList<>();
        ids.forEach((request, some) -> some.forEach(id -> rows.add(RowFactory.create(id, request))));
        return spark.createDataFrame(rows, TYPE);
    }
}
