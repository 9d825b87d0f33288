package io.sluice.tests.bench;

import io.sluice.schemas.ExchangeTable;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.mutable.ArraySeq;

/** Landing rows of an invented shop: answers of 1 KB in JSON, a body in every fourth request, a token in each. */
public final class GeneratedExchanges implements MapFunction<Long, Row>, Serializable {
    private static final long serialVersionUID = 1L;
    private static final int BODY_BYTES = 1024;
    private static final int EXCHANGES_PER_VISITOR = 20;
    private static final StructType SCHEMA =
            new StructType(Stream.of(ExchangeTable.landingSchema().fields())
                    .map(field -> new StructField(field.name(), field.dataType(), true, field.metadata()))
                    .toArray(StructField[]::new));
    private static final long START = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

    private final long seed;

    GeneratedExchanges(long seed) {
        this.seed = seed;
    }

    /** {@code count} rows in the landing schema; the same seed gives the same rows. */
    public static Dataset<Row> rows(SparkSession spark, long count, long seed) {
        return spark.range(0, count, 1, 4).as(Encoders.LONG()).map(new GeneratedExchanges(seed), Encoders.row(SCHEMA));
    }

    @Override
    public Row call(Long number) {
        Random random = new Random(seed + number);
        long visitor = number / EXCHANGES_PER_VISITOR;
        boolean post = number % 4 == 0;
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put(ExchangeTable.CAPTURED_AT, Instant.ofEpochMilli(START + number * 3));
        values.put(ExchangeTable.SERVICE, "shop");
        values.put(ExchangeTable.DIRECTION, "IN");
        values.put(ExchangeTable.PROTOCOL, "http");
        values.put(ExchangeTable.METHOD, post ? "POST" : "GET");
        values.put(ExchangeTable.SCHEME, "https");
        values.put(ExchangeTable.HOST, "shop.example.com");
        values.put(ExchangeTable.PORT, 443);
        values.put(ExchangeTable.PATH, "/api/v2/orders/" + Long.toHexString(random.nextLong()) + "/items");
        values.put(ExchangeTable.QUERY, "page=" + random.nextInt(9) + "&sort=price&q=book");
        values.put(ExchangeTable.HTTP_VERSION, "1.1");
        values.put(ExchangeTable.REQUEST_HEADERS, requestHeaders(visitor));
        if (post) {
            values.put(ExchangeTable.REQUEST_MEDIA_TYPE, "application/json");
            values.put(ExchangeTable.REQUEST_BODY, order(random, visitor).getBytes(StandardCharsets.UTF_8));
        }
        values.put(ExchangeTable.STATUS, post ? 201 : 200);
        values.put(ExchangeTable.RESPONSE_HEADERS, responseHeaders(random, visitor));
        values.put(ExchangeTable.RESPONSE_BODY, answer(random, visitor).getBytes(StandardCharsets.UTF_8));
        values.put(ExchangeTable.RESPONSE_MEDIA_TYPE, "application/json");
        values.put(ExchangeTable.DURATION_US, 1000L + random.nextInt(50_000));
        values.put(ExchangeTable.CLIENT_ADDRESS, "198.51.100." + visitor % 250);
        values.put(ExchangeTable.CONNECTION_ID, Long.toString(visitor));
        values.put(ExchangeTable.SOURCE_FORMAT, "har");
        values.put(ExchangeTable.SOURCE_OBJECT, "generated.har");
        values.put(ExchangeTable.SOURCE_POSITION, number);
        values.put(ExchangeTable.FLAGS, ArraySeq.make(new Object[0]));
        return RowFactory.create(Stream.of(SCHEMA.fieldNames()).map(values::get).toArray());
    }

    private ArraySeq<Object> requestHeaders(long visitor) {
        return ArraySeq.make(new Object[] {
            RowFactory.create("Host", "shop.example.com"),
            RowFactory.create("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"),
            RowFactory.create("Accept", "application/json, text/plain, */*"),
            RowFactory.create("Accept-Encoding", "gzip, deflate, br"),
            RowFactory.create("Authorization", "Bearer " + token(visitor)),
            RowFactory.create("Cookie", "sid=" + Long.toHexString(seed * 31 + visitor) + "; theme=dark"),
            RowFactory.create("Content-Type", "application/json"),
            RowFactory.create("X-Request-Id", Long.toHexString(visitor * 977 + seed))
        });
    }

    private static ArraySeq<Object> responseHeaders(Random random, long visitor) {
        return ArraySeq.make(new Object[] {
            RowFactory.create("Date", "Sun, 01 Mar 2026 10:00:00 GMT"),
            RowFactory.create("Content-Type", "application/json; charset=utf-8"),
            RowFactory.create("Content-Length", Integer.toString(BODY_BYTES)),
            RowFactory.create("Cache-Control", "no-store, max-age=0"),
            RowFactory.create("ETag", "\"" + Long.toHexString(random.nextLong()) + "\""),
            RowFactory.create("X-Served-By", "node-" + visitor % 7)
        });
    }

    private String token(long visitor) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        byte[] signature = new byte[32];
        new Random(seed ^ visitor).nextBytes(signature);
        String claims = "{\"sub\":\"user-" + visitor + "\",\"email\":\"" + email(visitor)
                + "\",\"exp\":1900000000,\"role\":\"customer\"}";
        return base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(signature);
    }

    static String email(long visitor) {
        return "reader" + visitor + "@mail" + visitor % 50 + ".example.com";
    }

    private static String order(Random random, long visitor) {
        return "{\"customer\":{\"email\":\"" + email(visitor) + "\",\"phone\":\"+49 30 "
                + (1_000_000 + visitor % 8_000_000)
                + "\"},\"items\":[{\"book_id\":\"b-" + random.nextInt(100_000) + "\",\"quantity\":"
                + (1 + random.nextInt(3))
                + "}],\"payment\":{\"card\":\"4111 1111 1111 1111\",\"cvv\":\"123\"},\"note\":\"leave it with the neighbor\"}";
    }

    private static String answer(Random random, long visitor) {
        StringBuilder json = new StringBuilder(BODY_BYTES + 200);
        json.append("{\"order_id\":\"")
                .append(Long.toHexString(random.nextLong()))
                .append("\",\"created_at\":\"2026-03-01T10:")
                .append(10 + random.nextInt(50))
                .append(":00.000Z\",\"contact\":\"")
                .append(email(visitor))
                .append("\",\"items\":[");
        while (json.length() < BODY_BYTES - 170) {
            json.append("{\"id\":\"b-")
                    .append(random.nextInt(100_000))
                    .append("\",\"title\":\"The Art of Waiting, volume ")
                    .append(random.nextInt(12))
                    .append("\",\"price\":")
                    .append(random.nextInt(90))
                    .append('.')
                    .append(10 + random.nextInt(90))
                    .append(",\"in_stock\":true,\"tags\":[\"novel\",\"used\"]},");
        }
        json.append("{\"id\":\"last\"}],\"total\":")
                .append(random.nextInt(1000))
                .append(",\"filler\":\"");
        while (json.length() < BODY_BYTES - 2) {
            json.append((char) ('a' + random.nextInt(26)));
        }
        return json.append("\"}").toString();
    }

    static List<String> explained() {
        return List.of(
                "answers of " + BODY_BYTES + " bytes of JSON, a request body of about 240 bytes in every fourth");
    }
}
