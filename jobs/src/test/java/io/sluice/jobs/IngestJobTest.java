package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.lake.SessionSettings;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.RejectTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestJobTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SparkSession spark = SessionSettings.open("tests");
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path lake;

    private Path tenant() {
        return lake.resolve("acme");
    }

    private void land(String name, LandedExchange... exchanges) throws IOException {
        land(
                name,
                spark.createDataFrame(
                        Stream.of(exchanges).map(LandedExchange::row).toList(), LandedExchange.SCHEMA));
    }

    private void land(String name, Dataset<Row> rows) throws IOException {
        Path written = lake.resolve("written-" + name);
        rows.coalesce(1).write().parquet(written.toString());
        Files.createDirectories(tenant().resolve("landing"));
        try (Stream<Path> files = Files.list(written)) {
            Path file = files.filter(path -> path.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
            Files.move(file, tenant().resolve("landing/" + name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private JsonNode ingest(int expectedCode, String... options) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of("ingest", "--tenant", "acme", "--lake", lake.toString()));
        arguments.addAll(Arrays.asList(options));
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = JobsMain.run(console, arguments.toArray(String[]::new));
        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(expectedCode);
        return JSON.readTree(out.toByteArray());
    }

    private Dataset<Row> table(String name) {
        return spark.read()
                .format("delta")
                .load(tenant().resolve("tables/" + name).toString());
    }

    private static LandedExchange[] exchanges(int from, int to) {
        return LongStream.range(from, to).mapToObj(LandedExchange::new).toArray(LandedExchange[]::new);
    }

    @Test
    void takesEachFileOnceAndEachExchangeOnce() throws IOException {
        land("a.parquet", exchanges(0, 3));
        JsonNode first = ingest(ExitCode.DONE).get("result");
        assertThat(first.get("exchangesAppended").asLong()).isEqualTo(3);

        land("b.parquet", exchanges(2, 5));
        land("c.parquet", exchanges(4, 6));
        JsonNode second = ingest(ExitCode.DONE).get("result");
        assertThat(second.get("filesAccepted").asLong()).isEqualTo(2);
        assertThat(second.get("rowsRead").asLong()).isEqualTo(5);
        assertThat(second.get("exchangesAppended").asLong()).isEqualTo(3);
        assertThat(second.get("duplicates").asLong()).isEqualTo(2);
        assertThat(ingest(ExitCode.DONE).get("result").get("batches").asLong()).isZero();

        List<Row> rows = table("exchange").orderBy(ExchangeTable.EXCHANGE_ID).collectAsList();
        assertThat(rows)
                .extracting(row -> row.<String>getAs(ExchangeTable.PATH))
                .containsExactly("/books/0", "/books/1", "/books/2", "/books/3", "/books/4", "/books/5");
        assertThat(rows.get(0).<String>getAs(ExchangeTable.EXCHANGE_ID))
                .matches("019ca8d7-2d00-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{8}0000");
        assertThat(rows.get(0).<Object>getAs(ExchangeTable.CAPTURED_DATE)).hasToString("2026-03-01");
    }

    @Test
    void keepsExchangesThatAreAlikeInEverythingButTheirPlace() throws IOException {
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        LandedExchange[] alike = Stream.of(0L, 1L, 2L)
                .map(position -> new LandedExchange(position)
                        .with(ExchangeTable.PATH, "/health")
                        .with(ExchangeTable.CAPTURED_AT, at))
                .toArray(LandedExchange[]::new);
        land("a.parquet", alike[0], alike[1]);
        assertThat(ingest(ExitCode.DONE).at("/result/exchangesAppended").asLong())
                .isEqualTo(2);
        land("again.parquet", alike);
        JsonNode again = ingest(ExitCode.DONE).get("result");
        assertThat(again.get("exchangesAppended").asLong()).isEqualTo(1);
        assertThat(again.get("duplicates").asLong()).isEqualTo(2);
        assertThat(table("exchange")
                        .select(ExchangeTable.EXCHANGE_ID)
                        .distinct()
                        .count())
                .isEqualTo(3);
        land(
                "copy.parquet",
                Stream.of(alike)
                        .map(row -> row.with(ExchangeTable.SOURCE_OBJECT, "copy.har"))
                        .toArray(LandedExchange[]::new));
        assertThat(ingest(ExitCode.DONE).at("/result/duplicates").asLong()).isEqualTo(3);
    }

    @Test
    void plansWithoutWriting() throws IOException {
        land("a.parquet", exchanges(0, 3));
        JsonNode plan = ingest(ExitCode.DONE, "--plan-only").get("plan");
        assertThat(plan.get("newBatches").asLong()).isEqualTo(1);
        assertThat(plan.get("filesAccepted").asLong()).isEqualTo(1);
        assertThat(tenant().resolve("tables/exchange")).doesNotExist();
    }

    @Test
    void rejectsWhatIsNotALandingFileWithItsReason() throws IOException {
        Path landing = Files.createDirectories(tenant().resolve("landing"));
        land("good.parquet", exchanges(0, 2));
        byte[] good = Files.readAllBytes(landing.resolve("good.parquet"));
        Path half = landing.resolve("half.parquet");
        Files.write(half, Arrays.copyOf(good, good.length / 2));
        Files.writeString(landing.resolve("notes.txt"), "hello");
        Files.writeString(landing.resolve("_under-way.parquet"), "PAR1");
        Files.writeString(landing.resolve("later.parquet.tmp"), "PAR1");
        Dataset<Row> rows = spark.createDataFrame(List.of(new LandedExchange(9).row()), LandedExchange.SCHEMA);
        land(
                "typed.parquet",
                rows.withColumn(
                        ExchangeTable.CAPTURED_AT,
                        col(ExchangeTable.CAPTURED_AT).cast("string")));
        land("missing.parquet", rows.drop(ExchangeTable.METHOD));
        land("extra.parquet", rows.withColumn("colour", functions.lit("red")));
        land("worked-out-columns-left-out.parquet", rows.drop(ExchangeTable.EXCHANGE_ID, ExchangeTable.CAPTURED_DATE));

        JsonNode result = ingest(ExitCode.DONE_IN_PART).get("result");
        assertThat(result.get("filesAccepted").asLong()).isEqualTo(2);
        assertThat(result.get("filesRejected").asLong()).isEqualTo(5);
        assertThat(result.get("exchangesAppended").asLong()).isEqualTo(3);
        assertThat(table("reject")
                        .select(RejectTable.SOURCE_OBJECT, RejectTable.REASON, RejectTable.DETAIL)
                        .collectAsList())
                .extracting(row -> row.getString(0) + " " + row.getString(1) + " " + row.getString(2))
                .anySatisfy(text -> assertThat(text)
                        .isEqualTo("typed.parquet wrong_schema In the landing schema, column captured_at must be"
                                + " timestamp but is BINARY (STRING)"))
                .anySatisfy(text -> assertThat(text).endsWith("column method is missing"))
                .anySatisfy(text -> assertThat(text).endsWith("column colour is unknown"))
                .anySatisfy(text -> assertThat(text).startsWith("half.parquet unreadable_parquet"))
                .anySatisfy(text -> assertThat(text).startsWith("notes.txt not_parquet"))
                .hasSize(5);

        assertThat(ingest(ExitCode.DONE).at("/result/filesRejected").asLong()).isZero();
        Files.write(half, good);
        JsonNode completed = ingest(ExitCode.DONE).get("result");
        assertThat(completed.get("filesAccepted").asLong()).isEqualTo(1);
        assertThat(completed.get("duplicates").asLong()).isEqualTo(2);
    }

    @Test
    void rejectsRowsWithTheirPlace() throws IOException {
        land(
                "a.parquet",
                new LandedExchange(0),
                new LandedExchange(1).with(ExchangeTable.METHOD, null),
                new LandedExchange(2).with(ExchangeTable.CAPTURED_AT, Instant.parse("0001-01-01T00:00:00Z")),
                new LandedExchange(3).with(ExchangeTable.CAPTURED_AT, Instant.parse("9999-12-31T23:59:59Z")),
                new LandedExchange(4).with(ExchangeTable.DIRECTION, "SIDEWAYS"),
                new LandedExchange(5).with(ExchangeTable.SOURCE_OBJECT, null));
        JsonNode result = ingest(ExitCode.DONE_IN_PART).get("result");
        assertThat(result.get("exchangesAppended").asLong()).isEqualTo(1);
        assertThat(result.get("rowsRejected").asLong()).isEqualTo(5);
        assertThat(table("reject").orderBy(RejectTable.SOURCE_POSITION).collectAsList())
                .extracting(row -> row.getAs(RejectTable.SOURCE_OBJECT)
                        + " " + row.getAs(RejectTable.SOURCE_POSITION)
                        + " " + row.getAs(RejectTable.REASON))
                .containsExactly(
                        "capture.har 1 missing_value",
                        "capture.har 2 time_out_of_range",
                        "capture.har 3 time_out_of_range",
                        "capture.har 4 wrong_value",
                        "a.parquet 5 missing_value");
    }

    @Test
    void survivesHostileExchanges() throws IOException {
        String deep = "[".repeat(10_000) + "1" + "]".repeat(10_000);
        byte[] bomb = gzip(new byte[64 << 20]);
        land(
                "a.parquet",
                new LandedExchange(0)
                        .requestHeaders("Content-Encoding", "gzip")
                        .requestBody("application/octet-stream", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0}),
                new LandedExchange(1).requestHeaders("X-Long", "x".repeat(1 << 20)),
                new LandedExchange(2).with(ExchangeTable.PATH, "/a\nb\u0000<script>"),
                new LandedExchange(3).requestBody("text/plain", new byte[] {(byte) 0xc3, 'a', (byte) 0xff}),
                new LandedExchange(4).responseBody(deep),
                new LandedExchange(5).requestHeaders("content-encoding", "gzip").requestBody("", bomb));
        assertThat(ingest(ExitCode.DONE).at("/result/exchangesAppended").asLong())
                .isEqualTo(6);
        List<Row> rows = table("exchange").orderBy(ExchangeTable.EXCHANGE_ID).collectAsList();
        assertThat(rows.get(0).<byte[]>getAs(ExchangeTable.REQUEST_BODY)).containsExactly(0x89, 'P', 'N', 'G', 0);
        assertThat(rows.get(0).<Object>getList(rows.get(0).fieldIndex(ExchangeTable.FLAGS)))
                .containsExactly("body_undecodable");
        assertThat(rows.get(1)
                        .<Row>getList(rows.get(1).fieldIndex(ExchangeTable.REQUEST_HEADERS))
                        .get(0)
                        .getString(1))
                .hasSize(1 << 20);
        assertThat(rows.get(2).<String>getAs(ExchangeTable.PATH)).isEqualTo("/a\nb\u0000<script>");
        assertThat(rows.get(3).<byte[]>getAs(ExchangeTable.REQUEST_BODY)).containsExactly(0xc3, 'a', 0xff);
        assertThat(rows.get(4).<byte[]>getAs(ExchangeTable.RESPONSE_BODY))
                .asString()
                .isEqualTo(deep);
        assertThat(rows.get(5).<byte[]>getAs(ExchangeTable.REQUEST_BODY)).hasSize(32 << 20);
        assertThat(rows.get(5).<Object>getList(rows.get(5).fieldIndex(ExchangeTable.FLAGS)))
                .containsExactly("body_decoded", "body_truncated");
    }

    @Test
    void unpacksTheBodiesOfBothMessages() throws IOException {
        byte[] body = "{\"title\":\"The Sea\"}".getBytes(StandardCharsets.UTF_8);
        land(
                "a.parquet",
                new LandedExchange(0)
                        .requestHeaders("Content-Encoding", "gzip")
                        .requestBody("application/json", gzip(body))
                        .responseHeaders("Content-Encoding", "gzip")
                        .with(ExchangeTable.RESPONSE_BODY, gzip(body)));
        ingest(ExitCode.DONE);
        Row row = table("exchange").first();
        assertThat(row.<byte[]>getAs(ExchangeTable.REQUEST_BODY)).isEqualTo(body);
        assertThat(row.<byte[]>getAs(ExchangeTable.RESPONSE_BODY)).isEqualTo(body);
        assertThat(row.<Object>getList(row.fieldIndex(ExchangeTable.FLAGS))).containsExactly("body_decoded");
    }

    @Test
    void letsNothingSensitiveIntoAnyTable() throws IOException {
        List<String> secrets = List.of(
                "hunter-twelve",
                "tok-9f8e7d6c5b",
                "grace.hopper",
                "4012888888881881",
                "555-0147",
                "apik-1122334455",
                "sess-aabbccddee",
                "198.51.100.23");
        String email = "grace.hopper@navy.example.org";
        String json = "{\"user\":{\"email\":\"" + email
                + "\",\"phone\":\"+1 (415) 555-0147\"},\"password\":\"hunter-twelve\","
                + "\"card\":\"4012 8888 8888 1881\",\"pan\":4012888888881881,\"inner\":\"{\\\"access_token\\\":\\\"tok-9f8e7d6c5b\\\"}\","
                + "\"link\":\"https:\\/\\/x.test\\/?mail=grace.hopper%40navy.example.org\",\"esc\":\"grace.hopper\\u0040navy.example.org\"}";
        String basic = Base64.getEncoder().encodeToString((email + ":hunter-twelve").getBytes(StandardCharsets.UTF_8));
        String jwt = "eyJhbGciOiJIUzI1NiJ9."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(("{\"sub\":\"" + email + "\"}").getBytes(StandardCharsets.UTF_8))
                + ".c2lnbmF0dXJl";
        land(
                "a.parquet",
                new LandedExchange(0)
                        .requestBody("application/json", json.getBytes(StandardCharsets.UTF_8))
                        .responseBody(json)
                        .with(ExchangeTable.CLIENT_ADDRESS, "198.51.100.23"),
                new LandedExchange(1)
                        .requestHeaders(
                                "Authorization", "Basic " + basic,
                                "Cookie", "sid=sess-aabbccddee; u=" + email,
                                "X-Api-Key", "apik-1122334455",
                                "X-Forwarded-For", "198.51.100.23",
                                "Referer", "https://x.test/?token=tok-9f8e7d6c5b&mail=" + email)
                        .with(
                                ExchangeTable.PATH,
                                "/users/" + email + "/cards/4012888888881881;jsessionid=sess-aabbccddee")
                        .with(
                                ExchangeTable.QUERY,
                                "mail=grace.hopper%40navy.example.org&access_token=tok-9f8e7d6c5b&t=415-555-0147"),
                new LandedExchange(2)
                        .requestHeaders("Content-Encoding", "gzip", "Authorization", "Bearer " + jwt)
                        .requestBody("application/json", gzip(json.getBytes(StandardCharsets.UTF_8)))
                        .responseHeaders("Content-Encoding", "gzip")
                        .with(ExchangeTable.RESPONSE_MEDIA_TYPE, "application/json")
                        .with(ExchangeTable.RESPONSE_BODY, gzip(json.getBytes(StandardCharsets.UTF_8))),
                new LandedExchange(3)
                        .requestBody(
                                "application/x-www-form-urlencoded",
                                "password=hunter-twelve&email=grace.hopper%40navy.example.org&card=4012+8888+8888+1881"
                                        .getBytes(StandardCharsets.UTF_8)),
                new LandedExchange(4)
                        .with(ExchangeTable.METHOD, null)
                        .with(ExchangeTable.SOURCE_OBJECT, email + ".har")
                        .responseBody(json));
        assertThat(ingest(ExitCode.DONE_IN_PART).at("/result/exchangesAppended").asLong())
                .isEqualTo(4);
        assertThat(table("identifier").count()).isGreaterThan(10);

        List<String> texts = new ArrayList<>();
        try (Stream<Path> tables = Files.list(tenant().resolve("tables"))) {
            for (Path table : tables.toList()) {
                Dataset<Row> rows = spark.read().format("delta").load(table.toString());
                rows.collectAsList().forEach(row -> texts.add(table.getFileName() + " " + text(row)));
            }
        }
        try (Stream<Path> files = Files.walk(tenant().resolve("tables"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(file + " " + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        for (String text : texts) {
            String compact = text.toLowerCase(Locale.ROOT).replaceAll("[ -]", "");
            for (String secret : secrets) {
                assertThat(compact).as(secret).doesNotContain(secret.replaceAll("[ -]", ""));
            }
            assertThat(text).doesNotContain(basic).doesNotContain(jwt.substring(jwt.indexOf('.')));
        }
    }

    private static String text(Object value) {
        if (value instanceof Row row) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < row.length(); i++) {
                text.append(row.isNullAt(i) ? "" : text(row.get(i))).append('\n');
            }
            return text.toString();
        }
        if (value instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
        if (value instanceof scala.collection.Seq<?> list) {
            StringBuilder text = new StringBuilder();
            scala.jdk.javaapi.CollectionConverters.asJava(list).forEach(item -> text.append(text(item)));
            return text.toString();
        }
        return value.toString();
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
            packing.write(body);
        }
        return out.toByteArray();
    }
}
