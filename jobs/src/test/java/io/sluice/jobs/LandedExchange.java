package io.sluice.jobs;

import io.sluice.schemas.ExchangeTable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** One row of a landing file, with something in every column that must have a value. */
final class LandedExchange {
    static final StructType SCHEMA =
            new StructType(Stream.of(ExchangeTable.landingSchema().fields())
                    .map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
                    .toArray(StructField[]::new));

    private final Map<String, @Nullable Object> values = new HashMap<>();

    LandedExchange(long position) {
        values.put(
                ExchangeTable.CAPTURED_AT, Instant.parse("2026-03-01T10:00:00Z").plusMillis(position));
        values.put(ExchangeTable.SERVICE, "shop");
        values.put(ExchangeTable.DIRECTION, "IN");
        values.put(ExchangeTable.PROTOCOL, "http");
        values.put(ExchangeTable.METHOD, "GET");
        values.put(ExchangeTable.PATH, "/books/" + position);
        values.put(ExchangeTable.REQUEST_HEADERS, List.of());
        values.put(ExchangeTable.RESPONSE_HEADERS, List.of());
        values.put(ExchangeTable.SOURCE_FORMAT, "har");
        values.put(ExchangeTable.SOURCE_OBJECT, "capture.har");
        values.put(ExchangeTable.SOURCE_POSITION, position);
        values.put(ExchangeTable.FLAGS, List.of());
    }

    /** Those at the positions {@code [from, to)}. */
    static LandedExchange[] exchanges(int from, int to) {
        return LongStream.range(from, to).mapToObj(LandedExchange::new).toArray(LandedExchange[]::new);
    }

    LandedExchange with(String column, @Nullable Object value) {
        values.put(column, value);
        return this;
    }

    LandedExchange requestBody(String mediaType, byte[] body) {
        return with(ExchangeTable.REQUEST_MEDIA_TYPE, mediaType).with(ExchangeTable.REQUEST_BODY, body);
    }

    LandedExchange responseBody(String json) {
        return with(ExchangeTable.RESPONSE_MEDIA_TYPE, "application/json")
                .with(ExchangeTable.RESPONSE_BODY, json.getBytes(StandardCharsets.UTF_8));
    }

    LandedExchange requestHeaders(String... namesAndValues) {
        return with(ExchangeTable.REQUEST_HEADERS, headers(namesAndValues));
    }

    LandedExchange responseHeaders(String... namesAndValues) {
        return with(ExchangeTable.RESPONSE_HEADERS, headers(namesAndValues));
    }

    private static List<Row> headers(String... namesAndValues) {
        Row[] headers = new Row[namesAndValues.length / 2];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = RowFactory.create(namesAndValues[2 * i], namesAndValues[2 * i + 1]);
        }
        return List.of(headers);
    }

    Row row() {
        return RowFactory.create(Stream.of(SCHEMA.fieldNames()).map(values::get).toArray());
    }
}
