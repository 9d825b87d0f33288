package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.schemas.ExchangeTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestRedactionTest {
    @TempDir
    private Path folder;

    private IngestLake lake;

    @BeforeEach
    void open() {
        lake = new IngestLake(folder);
    }

    @Test
    void survivesHostileExchanges() throws IOException {
        String deep = "[".repeat(10_000) + "1" + "]".repeat(10_000);
        byte[] bomb = gzip(new byte[64 << 20]);
        lake.land(
                "a.parquet",
                new LandedExchange(0)
                        .requestHeaders("Content-Encoding", "gzip")
                        .requestBody("application/octet-stream", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0}),
                new LandedExchange(1).requestHeaders("X-Long", "x".repeat(1 << 20)),
                new LandedExchange(2).with(ExchangeTable.PATH, "/a\nb\u0000<script>"),
                new LandedExchange(3).requestBody("text/plain", new byte[] {(byte) 0xc3, 'a', (byte) 0xff}),
                new LandedExchange(4).responseBody(deep),
                new LandedExchange(5).requestHeaders("content-encoding", "gzip").requestBody("", bomb));
        assertThat(lake.ingest(ExitCode.DONE).at("/result/exchangesAppended").asLong())
                .isEqualTo(6);
        List<Row> rows =
                lake.table("exchange").orderBy(ExchangeTable.EXCHANGE_ID).collectAsList();
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
        lake.land(
                "a.parquet",
                new LandedExchange(0)
                        .requestHeaders("Content-Encoding", "gzip")
                        .requestBody("application/json", gzip(body))
                        .responseHeaders("Content-Encoding", "gzip")
                        .with(ExchangeTable.RESPONSE_BODY, gzip(body)));
        lake.ingest(ExitCode.DONE);
        Row row = lake.table("exchange").first();
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
        lake.land(
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
        assertThat(lake.ingest(ExitCode.DONE_IN_PART)
                        .at("/result/exchangesAppended")
                        .asLong())
                .isEqualTo(4);
        assertThat(lake.table("identifier").count()).isGreaterThan(10);

        List<String> texts = new ArrayList<>();
        try (Stream<Path> tables = Files.list(lake.tenant().resolve("tables"))) {
            for (Path table : tables.toList()) {
                Dataset<Row> rows = lake.spark().read().format("delta").load(table.toString());
                rows.collectAsList().forEach(row -> texts.add(table.getFileName() + " " + text(row)));
            }
        }
        try (Stream<Path> files = Files.walk(lake.tenant().resolve("tables"))) {
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
