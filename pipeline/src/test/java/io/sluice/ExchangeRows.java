package io.sluice;

import io.sluice.schemas.ExchangeTable;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Rows of {@code exchange} for tests: a plain GET where nothing else is said. */
public final class ExchangeRows {
    private static final StructType SCHEMA = ExchangeTable.SPEC.schema();

    private final List<Map<String, Object>> rows = new ArrayList<>();

    /** Starts a row; ids count up from {@code x1}, one second apart. */
    public ExchangeRows add(String method, String path) {
        int number = rows.size() + 1;
        Instant at = Instant.parse("2026-03-01T10:00:00Z").plusSeconds(number);
        Map<String, Object> row = new HashMap<>();
        row.put(ExchangeTable.EXCHANGE_ID, "x" + number);
        row.put(ExchangeTable.CAPTURED_AT, Timestamp.from(at));
        row.put(ExchangeTable.CAPTURED_DATE, Date.valueOf("2026-03-01"));
        row.put(ExchangeTable.SERVICE, "shop");
        row.put(ExchangeTable.DIRECTION, "IN");
        row.put(ExchangeTable.PROTOCOL, "http");
        row.put(ExchangeTable.METHOD, method);
        row.put(ExchangeTable.HOST, "shop.test");
        row.put(ExchangeTable.PATH, path);
        row.put(ExchangeTable.REQUEST_HEADERS, new ArrayList<Row>());
        row.put(ExchangeTable.RESPONSE_HEADERS, new ArrayList<Row>());
        row.put(ExchangeTable.STATUS, 200);
        row.put(ExchangeTable.DURATION_US, 0L);
        row.put(ExchangeTable.SOURCE_FORMAT, "har");
        row.put(ExchangeTable.SOURCE_OBJECT, "a.har");
        row.put(ExchangeTable.FLAGS, List.of());
        row.put(ExchangeTable.POLICY_VERSION, "1");
        row.put(ExchangeTable.RUN_ID, "r1");
        rows.add(row);
        return this;
    }

    /** Sets a column of the last row; text for a body becomes bytes. */
    public ExchangeRows with(String column, Object value) {
        boolean body = column.equals(ExchangeTable.REQUEST_BODY) || column.equals(ExchangeTable.RESPONSE_BODY);
        rows.get(rows.size() - 1).put(column, body ? value.toString().getBytes(StandardCharsets.UTF_8) : value);
        return this;
    }

    /** Sets the capture time of the last row, in ISO format. */
    public ExchangeRows at(String instant) {
        return with(ExchangeTable.CAPTURED_AT, Timestamp.from(Instant.parse(instant)));
    }

    /** Adds a request header to the last row. */
    public ExchangeRows header(String name, String value) {
        return headerIn(ExchangeTable.REQUEST_HEADERS, name, value);
    }

    /** Adds a response header to the last row. */
    public ExchangeRows responseHeader(String name, String value) {
        return headerIn(ExchangeTable.RESPONSE_HEADERS, name, value);
    }

    @SuppressWarnings("unchecked") // put there by add()
    private ExchangeRows headerIn(String column, String name, String value) {
        ((List<Row>) rows.get(rows.size() - 1).get(column)).add(RowFactory.create(name, value));
        return this;
    }

    public Dataset<Row> in(SparkSession spark) {
        List<Row> values = rows.stream()
                .map(row -> RowFactory.create(
                        ExchangeTable.SPEC.columnNames().stream().map(row::get).toArray()))
                .toList();
        return spark.createDataFrame(values, SCHEMA);
    }
}
