package io.sluice.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class HarReaderTest {
    private static final String GET_BOOK =
            entry("2026-01-02T03:04:05.678901Z", "GET", "https://Shop.Example/books/7?a=%20b#top");

    @Test
    void readsEveryFieldOfAnEntry() {
        CapturedExchange exchange = read("""
                {"startedDateTime": "2026-01-02T03:04:05.678901+01:00", "time": 12.5, "connection": "c1",
                 "_direction": "OUT", "_service": "cart", "_clientAddress": "10.1.2.3",
                 "request": {"method": "POST", "url": "http://shop.example:8080/cart?x=1&x=2", "httpVersion": "http/2.0",
                   "headers": [{"name": "Accept", "value": "a"}, {"name": "accept", "value": "b"},
                               {"name": "traceparent", "value": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}],
                   "postData": {"mimeType": "application/json; charset=utf-8", "text": "{\\"q\\": \\"\\u00e4\\\\n\\"}"}},
                 "response": {"status": 201, "statusText": "Created", "headers": [{"name": "Set-Cookie", "value": "a=1\\nb=2"}],
                   "content": {"size": 2, "mimeType": "Text/HTML; charset=x", "encoding": "base64", "text": "AP8="}}}""").only();
        assertThat(exchange.capturedAtMicros()).isEqualTo(1_767_319_445_678_901L);
        assertThat(exchange.durationMicros()).isEqualTo(12_500);
        assertThat(exchange.direction()).isEqualTo(Direction.OUT);
        assertThat(exchange.service()).isEqualTo("cart");
        assertThat(exchange.protocol()).isEqualTo("http");
        CapturedRequest request = exchange.request();
        assertThat(request.target())
                .isEqualTo(new RequestTarget("http", "shop.example", 8080, "/cart", "x=1&x=2", false));
        assertThat(request.httpVersion()).isEqualTo("2");
        assertThat(request.headers().subList(0, 2))
                .containsExactly(new Header("Accept", "a"), new Header("accept", "b"));
        assertThat(Collected.text(request.body())).isEqualTo("{\"q\": \"ä\\n\"}");
        assertThat(request.mediaType()).isEqualTo("application/json");
        CapturedResponse response = exchange.response();
        assertThat(response.status()).isEqualTo(201);
        assertThat(response.headers())
                .containsExactly(new Header("Set-Cookie", "a=1"), new Header("Set-Cookie", "b=2"));
        assertThat(response.body()).isEqualTo(new Body(new byte[] {0, (byte) 0xFF}));
        assertThat(response.mediaType()).isEqualTo("text/html");
        assertThat(exchange.origin())
                .isEqualTo(new Origin(
                        null,
                        "10.1.2.3",
                        "c1",
                        new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"),
                        CaptureFormat.HAR,
                        "a.har",
                        0));
        assertThat(exchange.flags()).isEmpty();
    }

    @Test
    void fillsInWhatAnEntryDoesNotSay() {
        CapturedExchange exchange = read(GET_BOOK).only();
        assertThat(exchange.request().target())
                .isEqualTo(new RequestTarget("https", "shop.example", 443, "/books/7", "a=%20b", false));
        assertThat(exchange.service()).isEqualTo("shop.example");
        assertThat(exchange.direction()).isEqualTo(Direction.IN);
    }

    @Test
    void takesTheHostFromPseudoHeadersAndKeepsThem() {
        CapturedExchange exchange = read("""
                {"startedDateTime": "2026-01-02T03:04:05Z", "request": {"method": "GET", "url": "/x",
                 "headers": [{"name": ":authority", "value": "Api.Example"}, {"name": ":scheme", "value": "https"}]},
                 "response": {"status": 200}}""").only();
        assertThat(exchange.request().target().host()).isEqualTo("api.example");
        assertThat(exchange.request().target().port()).isEqualTo(443);
        assertThat(exchange.request().headers()).hasSize(2);
    }

    @Test
    void acceptsAByteOrderMarkAndAnyOrderOfKeys() {
        String archive = "\uFEFF{\"log\": {\"entries\": [" + GET_BOOK
                + "], \"pages\": [{\"entries\": 1}], \"version\": \"1.2\"}}";
        assertThat(Collected.of("a.har", archive).only().origin().position()).isZero();
    }

    @Test
    void findsTheLogWithinAnotherObject() {
        Collected.of("a.json", "{\"run\": {\"log\": {\"version\": \"1.2\", \"entries\": [" + GET_BOOK + "]}}}")
                .only();
    }

    @Test
    void rejectsABrokenEntryAndGoesOnWithTheNext() {
        String brokenHeaders =
                "{\"startedDateTime\": \"2026-01-02T03:04:05Z\", \"request\": {\"method\": \"GET\", \"url\": \"/\","
                        + " \"headers\": [[\"Accept\"]]}}";
        String badJson = "{\"startedDateTime\" \"2026\"}";
        Collected found = read(GET_BOOK, brokenHeaders, badJson, "7", "{}", GET_BOOK);
        assertThat(found.exchanges).extracting(e -> e.origin().position()).containsExactly(0L, 5L);
        assertThat(found.reasons())
                .containsExactly(
                        RejectReason.BAD_HEADERS,
                        RejectReason.NOT_JSON,
                        RejectReason.NOT_AN_ENTRY,
                        RejectReason.MISSING_REQUEST);
        assertThat(found.rejects).extracting(Rejected::position).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void tellsTheByteOffsetOfARejectedEntry() {
        String archive = archive(GET_BOOK, "{\"ä\": 1}", "{}");
        Collected found = Collected.of("a.har", archive);
        int before = archive.substring(0, archive.lastIndexOf("{}")).getBytes(UTF_8).length;
        assertThat(found.rejects.get(1).offset()).isEqualTo(before);
    }

    @Test
    void readsWhatATruncatedFileStillHolds() {
        String archive = archive(GET_BOOK, GET_BOOK);
        int second = archive.lastIndexOf("{\"startedDateTime\"");
        Collected found = Collected.of("a.har", archive.substring(0, second + 40));
        assertThat(found.exchanges).hasSize(1);
        assertThat(found.rejects)
                .containsExactly(new Rejected(
                        RejectReason.TRUNCATED, "The file ends inside the exchange that begins here", 1L, (long)
                                second));
    }

    @Test
    void findsSomethingHoweverTheFileIsTruncated() {
        byte[] whole = archive(GET_BOOK, GET_BOOK.replace("books", "b\\u00fc\\\"}]cher"))
                .getBytes(UTF_8);
        for (int length = 0; length <= whole.length; length++) {
            Collected found = Collected.of("a.har", java.util.Arrays.copyOf(whole, length));
            assertThat(found.exchanges.size() + found.rejects.size())
                    .as("of the first %s bytes", length)
                    .isPositive();
            assertThat(found.rejects.isEmpty()).as("no reject at %s", length).isEqualTo(length == whole.length);
        }
    }

    @Test
    void readsAnArchiveThatWasAppendedToATruncatedOne() {
        String first = archive(GET_BOOK, GET_BOOK);
        String cutOff = first.substring(0, first.length() - 30);
        Collected found = Collected.of("a.har", cutOff + archive(GET_BOOK, GET_BOOK));
        assertThat(found.exchanges).hasSize(3);
        assertThat(found.reasons()).contains(RejectReason.TRUNCATED);
        Collected between = Collected.of("a.har", first.substring(0, first.lastIndexOf("]")) + "," + archive(GET_BOOK));
        assertThat(between.exchanges).hasSize(3);
        assertThat(between.reasons()).containsExactly(RejectReason.COLLIDED, RejectReason.TRUNCATED);
    }

    @Test
    void readsArchivesOneAfterTheOther() {
        assertThat(Collected.of("a.har", archive(GET_BOOK) + archive(GET_BOOK)).exchanges)
                .hasSize(2);
    }

    @Test
    void passesOverAnEntryThatIsTooLarge() {
        String large = entry("2026-01-02T03:04:05Z", "GET", "/" + "x".repeat(700_000));
        byte[] file = archive(GET_BOOK, large, GET_BOOK).getBytes(UTF_8);
        Collected found = Collected.of(new CaptureSource("a.har", null, 600_000), file, true);
        assertThat(found.exchanges).hasSize(2);
        assertThat(found.rejects)
                .containsExactly(new Rejected(
                        RejectReason.TOO_LARGE,
                        "The exchange has more than 600000 bytes",
                        1L,
                        (long) archive(GET_BOOK).length() - 2));
    }

    @Test
    void keepsAHeaderOfOneMegabyte() {
        String value = "v".repeat(1 << 20);
        CapturedExchange exchange =
                read("{\"startedDateTime\": \"2026-01-02T03:04:05Z\", \"request\": {\"method\": \"GET\","
                                + " \"url\": \"/\", \"headers\": [{\"name\": \"X\", \"value\": \"" + value + "\"}]}}")
                        .only();
        assertThat(exchange.request().headers()).containsExactly(new Header("X", value));
    }

    @Test
    void keepsAPathWithALineBreak() {
        CapturedExchange exchange =
                read(entry("2026-01-02T03:04:05Z", "GET", "http://a/b\\nc")).only();
        assertThat(exchange.request().target().path()).isEqualTo("/b\nc");
    }

    @Test
    void rejectsTimesThatNoIdCanHold() {
        Collected found = read(
                entry("0001-01-01T00:00:00Z", "GET", "/"),
                entry("9999-12-31T23:59:59.999999Z", "GET", "/"),
                entry("+010000-01-01T00:00:00Z", "GET", "/"),
                entry("yesterday", "GET", "/"),
                entry("", "GET", "/"),
                entry("2026-02-30T00:00:00Z", "GET", "/"));
        assertThat(found.exchanges).extracting(e -> e.origin().position()).containsExactly(1L);
        assertThat(found.reasons())
                .containsExactly(
                        RejectReason.TIMESTAMP_OUT_OF_RANGE,
                        RejectReason.TIMESTAMP_OUT_OF_RANGE,
                        RejectReason.BAD_TIMESTAMP,
                        RejectReason.MISSING_TIMESTAMP,
                        RejectReason.BAD_TIMESTAMP);
    }

    @Test
    void flagsAResponseThatWasNotCaptured() {
        Collected found = read(
                "{\"startedDateTime\": \"2026-01-02T03:04:05Z\", \"request\": {\"method\": \"GET\", \"url\": \"/\"}}",
                "{\"startedDateTime\": \"2026-01-02T03:04:05Z\", \"time\": -1, \"request\": {\"method\": \"GET\", \"url\": \"/\"},"
                        + " \"response\": {\"status\": 0, \"content\": {}}}");
        assertThat(found.exchanges).hasSize(2).allSatisfy(exchange -> {
            assertThat(exchange.response().status()).isNull();
            assertThat(exchange.durationMicros()).isNull();
            assertThat(exchange.flags()).containsExactly("missing_response");
        });
    }

    @Test
    void keepsTheHandshakeOfAWebSocket() {
        CapturedExchange exchange = read("""
                {"startedDateTime": "2026-01-02T03:04:05Z", "_webSocketMessages": [{"data": "hi"}],
                 "request": {"method": "GET", "url": "wss://a.example/feed"}, "response": {"status": 101}}""").only();
        assertThat(exchange.protocol()).isEqualTo("websocket");
        assertThat(exchange.request().target().port()).isEqualTo(443);
        assertThat(exchange.flags()).containsExactly("websocket_messages");
    }

    @Test
    void rebuildsAFormOfWhichOnlyTheFieldsWereKept() {
        CapturedExchange exchange = read("""
                {"startedDateTime": "2026-01-02T03:04:05Z", "request": {"method": "POST", "url": "/", "postData":
                 {"mimeType": "application/x-www-form-urlencoded", "params": [{"name": "a b", "value": "1&2"}, {"name": "c"}]}},
                 "response": {"status": 200}}""").only();
        assertThat(Collected.text(exchange.request().body())).isEqualTo("a+b=1%262&c=");
        assertThat(exchange.flags()).containsExactly("body_rebuilt");
    }

    @Test
    void keepsABodyThatOnlyClaimsToBeBase64() {
        CapturedExchange exchange = read("""
                {"startedDateTime": "2026-01-02T03:04:05Z", "request": {"method": "GET", "url": "/"},
                 "response": {"status": 200, "content": {"encoding": "base64", "text": "<not base64>"}}}""").only();
        assertThat(Collected.text(exchange.response().body())).isEqualTo("<not base64>");
        assertThat(exchange.flags()).containsExactly("body_undecodable");
    }

    @Test
    void tellsThatARecorderHasUnpackedTheBodies() throws IOException {
        byte[] image = {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, 3};
        assertThat(packed("-1", "\"text\": \"<svg>\"").flags()).containsExactly("body_decoded");
        assertThat(packed("4", "\"size\": 8, \"compression\": 4, " + base64(image))
                        .flags())
                .as("size as the standard has it")
                .containsExactly("body_decoded");
        assertThat(packed("6", "\"size\": 6, \"compression\": 2, " + base64(image))
                        .flags())
                .as("size as it was sent")
                .containsExactly("body_decoded");
        assertThat(packed("6", "\"size\": 8, " + base64(image)).flags())
                .as("without what was saved")
                .containsExactly("body_decoded");
    }

    @Test
    void leavesPackedBodiesToIngest() throws IOException {
        byte[] gzip = gzip("{\"a\": 1}");
        String both = "\"size\": " + gzip.length + ", " + base64(gzip);
        CapturedExchange exchange = packed(String.valueOf(gzip.length), both);
        assertThat(exchange.flags()).isEmpty();
        assertThat(exchange.response().body()).isEqualTo(new Body(gzip));
        assertThat(packed("400", both).flags())
                .as("sizes that count headers too")
                .isEmpty();
        assertThat(packed("-1", "\"text\": \"\\u001f\\ufffd\\b\"").flags())
                .as("packed bytes that were taken for text")
                .isEmpty();
    }

    private static CapturedExchange packed(String bodySize, String content) {
        return read("{\"startedDateTime\": \"2026-01-02T03:04:05Z\", \"request\": {\"method\": \"GET\", \"url\": \"/\"},"
                        + " \"response\": {\"status\": 200, \"content\": {" + content + "}, \"bodySize\": " + bodySize
                        + ", \"headers\": [{\"name\": \"Content-Encoding\", \"value\": \"gzip\"}]}}")
                .only();
    }

    private static String base64(byte[] body) {
        return "\"encoding\": \"base64\", \"text\": \"" + Base64.getEncoder().encodeToString(body) + "\"";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return out.toByteArray();
    }

    @Test
    void repairsTextThatIsNotUtf8() {
        byte[] file = archive(GET_BOOK.replace("books", "b~~ks"), GET_BOOK).getBytes(UTF_8);
        for (int i = 0; i < file.length; i++) {
            file[i] = file[i] == '~' ? (byte) 0xFC : file[i];
        }
        Collected found = Collected.of("a.har", file);
        assertThat(found.exchanges).hasSize(2);
        assertThat(found.exchanges.get(0).request().target().path()).isEqualTo("/b\u001a\u001aks/7");
        assertThat(found.exchanges.get(0).flags()).contains("text_repaired");
    }

    @Test
    void dropsCredentialsWithinAUrl() {
        CapturedExchange exchange = read(entry("2026-01-02T03:04:05Z", "GET", "http://me:word@a.example/x"))
                .only();
        assertThat(exchange.request().target().host()).isEqualTo("a.example");
        assertThat(exchange.flags()).contains("url_credentials_dropped");
    }

    @Test
    void keepsEveryByteOfAnEscapedBody() {
        String text = "\u0001\"\\/\b\f\n\r\täö€\uD83D\uDE00";
        CapturedExchange exchange =
                read("{\"startedDateTime\": \"2026-01-02T03:04:05Z\", \"request\": {\"method\": \"POST\","
                                + " \"url\": \"/\", \"postData\": {\"text\":"
                                + " \"\\u0001\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4ö\\u20ac\\ud83d\\ude00\"}}}")
                        .only();
        assertThat(Collected.text(exchange.request().body())).isEqualTo(text);
    }

    @Test
    void saysWhenAFileIsNoArchive() {
        assertThat(Collected.of("a.har", "{\"log\":\n[1]\n\"request:\"}").reasons())
                .containsExactly(RejectReason.NOT_JSON);
        assertThat(Collected.of("a.har", "{\"cookies\": []}").reasons()).containsExactly(RejectReason.UNKNOWN_FORMAT);
    }

    private static Collected read(String... entries) {
        return Collected.of("a.har", archive(entries));
    }

    private static String archive(String... entries) {
        return "{\"log\": {\"version\": \"1.2\", \"entries\": [" + String.join(",", List.of(entries)) + "]}}";
    }

    private static String entry(String time, String method, String url) {
        String body = Base64.getEncoder().encodeToString("hello".getBytes(UTF_8));
        return "{\"startedDateTime\": \"" + time + "\", \"request\": {\"method\": \"" + method + "\", \"url\": \"" + url
                + "\", \"headers\": []}, \"response\": {\"status\": 200, \"content\": {\"text\": \"" + body
                + "\", \"encoding\": \"base64\"}}}";
    }
}
