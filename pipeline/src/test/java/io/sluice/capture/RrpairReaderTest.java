package io.sluice.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RrpairReaderTest {
    private static final String PAIR = """
            {"msgType":"rrpair","ts":"2026-03-04T05:06:07.123456Z","l7protocol":"https","duration":7,\
            "tags":{"k8sAppLabel":"cart","match":"HIT","proxyLocation":"out"},"uuid":"AAECAwQFBgcICQoLDA0ODw==",\
            "direction":"OUT","service":"undefined","network_address":"api.example:0","command":"POST","location":"/v1",\
            "status":"201","http":{"req":{"url":"/v1","uri":"/v1?k=a%20b","version":"1.1","method":"POST",\
            "host":"Api.Example","headers":{"B":["1","2"],"A":["x, y"]},"bodyBase64":"aGk="},"res":{"contentType":\
            "Application/JSON; charset=utf-8","statusCode":201,"headers":{},"bodyBase64":"e30="}},\
            "signature":{"http:host":"eA=="},"netinfo":{"id":"9","downstream":{"ipAddress":"10.0.0.9","port":1}}}""";

    private static final String MARKDOWN = """
            ### REQUEST ###
            ```
            POST http://localhost:3000/notes?a=1 HTTP/1.1
            Accept: text/html\\, */*, x\\\\y
            Content-Type: application/json
            Host: localhost:3000
            ```

            ```
            {
              "text": "hi"
            }
            ```

            ### RESPONSE ###
            ```
            HTTP/1.1 200 OK
            Content-Type: text/markdown
            ```

            ```
            # Note
            ```
            code
            ```
            end
            ```

            ### SIGNATURE ###
            ```
            http:method is POST
            ```

            ### METADATA ###
            ```
            direction: IN
            uuid: 00010203-0405-0607-0809-0a0b0c0d0e0f
            ts: 2026-03-04T05:06:07.5Z
            duration: 12ms
            tags: k8sAppLabel=notes
            ```

            ### INTERNAL - DO NOT MODIFY ###
            ```
            json: {"msgType":"rrpair","ts":"2026-03-04T05:06:07.5Z","l7protocol":"http","duration":12,"tags":{"k8sAppLabel":"notes"},"uuid":"AAECAwQFBgcICQoLDA0ODw==","direction":"IN","http":{"req":{"url":"/notes","uri":"/notes?a=1","version":"1.1","method":"POST","host":"localhost:3000"},"res":{"contentType":"text/markdown","statusCode":200}},"netinfo":{"id":"4","downstream":{"ipAddress":"127.0.0.1"}}}
            ```
            """;

    @Test
    void readsEveryFieldOfAnObject() {
        CapturedExchange exchange = Collected.of("a.json", PAIR).only();
        assertThat(exchange.capturedAtMicros()).isEqualTo(1_772_600_767_123_456L);
        assertThat(exchange.durationMicros()).isEqualTo(7_000);
        assertThat(exchange.service()).isEqualTo("cart");
        assertThat(exchange.direction()).isEqualTo(Direction.OUT);
        assertThat(exchange.request().target())
                .isEqualTo(new RequestTarget("https", "api.example", 443, "/v1", "k=a%20b", false));
        assertThat(exchange.request().headers())
                .containsExactly(new Header("B", "1"), new Header("B", "2"), new Header("A", "x, y"));
        assertThat(Collected.text(exchange.request().body())).isEqualTo("hi");
        assertThat(exchange.response().mediaType()).isEqualTo("application/json");
        assertThat(Collected.text(exchange.response().body())).isEqualTo("{}");
        assertThat(exchange.origin())
                .isEqualTo(new Origin(
                        "00010203-0405-0607-0809-0a0b0c0d0e0f",
                        "10.0.0.9",
                        "9",
                        null,
                        CaptureFormat.RRPAIR,
                        "a.json",
                        0));
        assertThat(exchange.flags()).containsExactly("match_hit");
    }

    @Test
    void readsObjectsInAnyLayout() {
        String pretty = PAIR.replace(",", ",\n  ").replace("{", "{\n");
        assertThat(Collected.of("a.json", pretty).exchanges).hasSize(1);
        assertThat(Collected.of("a.json", PAIR + pretty + "\n" + PAIR).exchanges)
                .hasSize(3);
        assertThat(Collected.of("a.json", "[" + PAIR + ",\n" + PAIR + "]").exchanges)
                .hasSize(2);
    }

    @Test
    void losesOnlyTheBrokenLineOfALineFile() {
        String lines = PAIR + "\n" + PAIR.substring(0, 100) + "\n\n" + PAIR + "\n" + PAIR.substring(0, 50);
        Collected found = Collected.of("a.jsonl", lines);
        assertThat(found.exchanges).extracting(e -> e.origin().position()).containsExactly(0L, 2L);
        assertThat(found.rejects)
                .extracting(Rejected::position, Rejected::offset)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(1L, PAIR.length() + 1L),
                        org.assertj.core.api.Assertions.tuple(3L, 2L * PAIR.length() + 104));
    }

    @Test
    void rejectsALineThatIsCutOffInsideABody() {
        String line = "{\"msgType\": \"rrpair\", \"http\": {\"res\": {\"bodyBase64\": \"" + "QUJD".repeat(40_000);
        Collected found = Collected.of("a.jsonl", line);
        assertThat(found.exchanges).isEmpty();
        assertThat(found.rejects)
                .extracting(Rejected::reason, Rejected::position, Rejected::offset)
                .containsExactly(org.assertj.core.api.Assertions.tuple(RejectReason.NOT_JSON, 0L, 0L));
    }

    @Test
    void rejectsOtherProtocolsByName() {
        Collected found = Collected.of(
                "a.json", "{\"msgType\":\"rrpair\",\"l7protocol\":\"amqp091\",\"ts\":\"2026-03-04T05:06:07Z\"}");
        assertThat(found.rejects)
                .containsExactly(new Rejected(
                        RejectReason.NOT_HTTP, "The exchange is of the protocol amqp091, not HTTP", 0L, 0L));
    }

    @Test
    void rejectsWhatAnotherRecorderLeftBehindAnObject() {
        Collected found = Collected.of("a.json", PAIR + "tusCode\":200}}}\n");
        assertThat(found.exchanges).hasSize(1);
        assertThat(found.reasons()).containsExactly(RejectReason.COLLIDED);
        assertThat(found.rejects.get(0).offset()).isEqualTo(PAIR.length());
    }

    @Test
    void readsTheSectionsOfMarkdown() {
        CapturedExchange exchange = Collected.of("a.md", MARKDOWN).only();
        assertThat(exchange.request().headers())
                .containsExactly(
                        new Header("Accept", "text/html, */*"),
                        new Header("Accept", "x\\y"),
                        new Header("Content-Type", "application/json"),
                        new Header("Host", "localhost:3000"));
        assertThat(exchange.request().target())
                .isEqualTo(new RequestTarget("http", "localhost", 3000, "/notes", "a=1", false));
        assertThat(Collected.text(exchange.request().body())).isEqualTo("{\n  \"text\": \"hi\"\n}");
        assertThat(Collected.text(exchange.response().body())).isEqualTo("# Note\n```\ncode\n```\nend");
        assertThat(exchange.flags()).containsExactly("body_reformatted");
        assertThat(exchange.durationMicros()).isEqualTo(12_000);
        assertThat(exchange.service()).isEqualTo("notes");
        assertThat(exchange.origin().captureId()).isEqualTo("00010203-0405-0607-0809-0a0b0c0d0e0f");
    }

    @Test
    void keepsTheExactBodyWhereMarkdownOnlyLaysItOutAnew() {
        String exact = "\"method\":\"POST\",\"bodyBase64\":\"eyJ0ZXh0IjoiaGkifQ==\",";
        CapturedExchange same = Collected.of("a.md", MARKDOWN.replace("\"method\":\"POST\",", exact))
                .only();
        assertThat(Collected.text(same.request().body())).isEqualTo("{\"text\":\"hi\"}");
        assertThat(same.flags()).isEmpty();
        CapturedExchange edited = Collected.of(
                        "a.md",
                        MARKDOWN.replace("\"method\":\"POST\",", exact).replace("\"text\": \"hi\"", "\"text\": \"ho\""))
                .only();
        assertThat(Collected.text(edited.request().body())).isEqualTo("{\n  \"text\": \"ho\"\n}");
    }

    @Test
    void readsAMockedResponseThatComesFirst() {
        String mocked = """
                ### RESPONSE (MOCK) ###
                ```
                Content-Type: text/plain
                ```

                ```
                pong
                ```

                ### REQUEST ###
                ```
                GET https://api.example:443/ping HTTP/2.0
                Host: api.example
                ```


                """ + MARKDOWN.substring(MARKDOWN.indexOf("### METADATA"));
        CapturedExchange exchange = Collected.of("a.md", mocked).only();
        assertThat(exchange.request().httpVersion()).isEqualTo("2");
        assertThat(exchange.request().target().scheme()).isEqualTo("https");
        assertThat(exchange.response().status()).isEqualTo(200);
        assertThat(Collected.text(exchange.response().body())).isEqualTo("pong");
    }

    @Test
    void splitsTwoCapturesInOneFile() {
        Collected both = Collected.of("a.md", MARKDOWN + MARKDOWN);
        assertThat(both.exchanges).extracting(e -> e.origin().position()).containsExactly(0L, 1L);
        assertThat(both.rejects).isEmpty();
    }

    @Test
    void rejectsTheRestOfACaptureThatAShorterOneOverwrote() {
        Collected found = Collected.of("a.md", MARKDOWN + "cation/json\",\"statusCode\":200}}}\n```\n");
        assertThat(found.exchanges).hasSize(1);
        assertThat(found.exchanges.get(0).flags()).contains("collided_capture");
        assertThat(found.reasons()).containsExactly(RejectReason.COLLIDED);
        assertThat(found.rejects.get(0).position()).isEqualTo(1);
        assertThat(found.rejects.get(0).offset()).isEqualTo(MARKDOWN.length());
    }

    @Test
    void findsSomethingHoweverMarkdownIsTruncated() {
        byte[] whole = MARKDOWN.getBytes(UTF_8);
        for (int length = 0; length <= whole.length; length++) {
            Collected found = Collected.of(new CaptureSource("a.md"), Arrays.copyOf(whole, length), true);
            assertThat(found.exchanges.size() + found.rejects.size())
                    .as("of the first %s bytes", length)
                    .isPositive();
        }
    }

    @Test
    void readsMarkdownWithLineEndsOfWindows() {
        CapturedExchange exchange =
                Collected.of("a.md", MARKDOWN.replace("\n", "\r\n")).only();
        assertThat(exchange.request().headers()).hasSize(4);
        assertThat(exchange.response().status()).isEqualTo(200);
    }
}
