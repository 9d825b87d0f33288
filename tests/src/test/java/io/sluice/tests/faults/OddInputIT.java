package io.sluice.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.tests.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Odd captures go through import and ingest: every entry ends as an exchange or as a reject with its reason. */
final class OddInputIT {
    private static final String NOON = "2026-05-04T12:00:00.000Z";

    @TempDir
    private Path folder;

    @Test
    void aPathWithANewlineIsData() throws Exception {
        HarFile har = new HarFile();
        har.entry(NOON, "http://shop.example/a%0Ab/<script>?q=%0D%0A");

        assertThat(ingested(har)).isEqualTo(1);
        assertThat(sql("SELECT path FROM exchange")).contains("/a%0Ab/<script>");
    }

    @Test
    void aLineBreakInAUrlOrInTheNameOfACaptureIsData() throws Exception {
        HarFile har = new HarFile();
        har.entry(NOON, "http://shop.example/a\nb");
        Path file = har.write(folder.resolve("odd\nname.har"));

        Outcome imported = Outcome.of("import", "--tenant", "acme", "--lake", lake(), file.toString());
        assertThat(imported.exitCode()).as(imported.messages()).isZero();
        assertThat(ingest().path("exchangesAppended").asLong()).isEqualTo(1);
        assertThat(sql(
                        "SELECT path = '/a' || chr(10) || 'b' AND source_object LIKE '%odd' || chr(10) || 'name.har' AS same"
                                + " FROM exchange"))
                .contains("true");
    }

    @Test
    void aHeaderOfAMegabyteIsKept() throws Exception {
        HarFile har = new HarFile();
        ObjectNode request =
                (ObjectNode) har.entry(NOON, "http://shop.example/").path("request");
        request.withArray("headers").addObject().put("name", "X-Large").put("value", "v".repeat(1 << 20));

        assertThat(ingested(har)).isEqualTo(1);
        assertThat(sql("SELECT length(element_at(request_headers, 2).value) AS long FROM exchange"))
                .contains(String.valueOf(1 << 20));
    }

    @Test
    void aBodyThatClaimsGzipAndIsNotIsKeptAndFlagged() throws Exception {
        HarFile har = new HarFile();
        contentUnder("gzip", har).put("encoding", "base64").put("text", "H4sIAAAAbm90LWd6aXA=");

        assertThat(ingested(har)).isEqualTo(1);
        assertThat(sql("SELECT flags FROM exchange")).contains("body_undecodable");
    }

    @Test
    void aBodyThatTheRecorderHasUnpackedIsKeptAsItIs() throws Exception {
        HarFile har = new HarFile();
        contentUnder("br", har).put("text", ";(function () {})()");

        assertThat(ingested(har)).isEqualTo(1);
        assertThat(sql("SELECT CAST(response_body AS STRING) || ' ' || array_join(flags, '+') AS told FROM exchange"))
                .contains(";(function () {})() body_decoded");
    }

    @Test
    void timesFarAwayAreKeptOrRejectedNeverLost() throws Exception {
        HarFile har = new HarFile();
        for (String time : Arrays.asList(
                "0001-01-01T00:00:00.000Z",
                "9999-12-31T23:59:59.999Z",
                "1969-12-31T23:59:59.999Z",
                "yesterday",
                NOON)) {
            har.entry(time, "http://shop.example/at");
        }

        Outcome imported = imported(har);
        Outcome ingested = Outcome.of("ingest", "--tenant", "acme", "--lake", lake());
        long appended = ingested.result().path("exchangesAppended").asLong();

        assertThat(imported.exitCode()).isEqualTo(4);
        assertThat(imported.result().path("imported").asLong()).isEqualTo(2);
        assertThat(imported.result().path("rejectedByReason"))
                .hasToString("{\"bad_timestamp\":1,\"timestamp_out_of_range\":2}");
        assertThat(appended).as("ids cannot be made for the year 9999").isEqualTo(1);
        assertThat(rejects()).isEqualTo(4);
    }

    @Test
    void aTruncatedCaptureGivesWhatCanBeReadAndOneReject() throws Exception {
        HarFile har = new HarFile();
        har.entry(NOON, "http://shop.example/1");
        har.entry(NOON, "http://shop.example/2");
        String text = har.text();
        Path file = Files.writeString(folder.resolve("cut.har"), text.substring(0, text.length() - 40));

        Outcome outcome = Outcome.of("import", "--tenant", "acme", "--lake", lake(), file.toString());

        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.result().path("imported").asLong()).isEqualTo(1);
        assertThat(outcome.result().path("rejected").asLong()).isEqualTo(1);
        assertThat(sql("SELECT reason, source_object, source_position FROM reject"))
                .contains("cut.har");
    }

    @Test
    void aHalfWrittenLandingFileIsRejectedAndTheOthersAreIngested() throws Exception {
        HarFile har = new HarFile();
        har.entry(NOON, "http://shop.example/1");
        imported(har);
        Path landing = folder.resolve("lake/acme/landing");
        byte[] whole;
        try (var files = Files.list(landing)) {
            whole = Files.readAllBytes(files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow());
        }
        Files.write(landing.resolve("half.parquet"), Arrays.copyOf(whole, whole.length / 2));

        Outcome outcome = Outcome.of("ingest", "--tenant", "acme", "--lake", lake());

        assertThat(outcome.exitCode()).isEqualTo(4);
        assertThat(outcome.result().path("exchangesAppended").asLong()).isEqualTo(1);
        assertThat(sql("SELECT reason, source_object FROM reject")).contains("half.parquet");
    }

    /** The response's content of a new entry, sent under a content coding. */
    private static ObjectNode contentUnder(String coding, HarFile har) {
        ObjectNode response =
                (ObjectNode) har.entry(NOON, "http://shop.example/").path("response");
        response.withArray("headers")
                .addObject()
                .put("name", "Content-Encoding")
                .put("value", coding);
        return (ObjectNode) response.path("content");
    }

    private long ingested(HarFile har) throws Exception {
        assertThat(imported(har).exitCode()).isZero();
        return ingest().path("exchangesAppended").asLong();
    }

    private Outcome imported(HarFile har) throws Exception {
        return Outcome.of(
                "import",
                "--tenant",
                "acme",
                "--lake",
                lake(),
                har.write(folder.resolve("odd.har")).toString());
    }

    private JsonNode ingest() {
        Outcome outcome = Outcome.of("ingest", "--tenant", "acme", "--lake", lake());
        assertThat(outcome.exitCode()).as(outcome.messages()).isZero();
        return outcome.result();
    }

    private long rejects() {
        return sql("SELECT reject_id FROM reject").lines().count() - 1;
    }

    private String sql(String query) {
        Outcome outcome = Outcome.of("sql", "--tenant", "acme", "--lake", lake(), "--format", "csv", query);
        assertThat(outcome.exitCode()).as(outcome.messages()).isZero();
        return outcome.output();
    }

    private String lake() {
        return folder.resolve("lake").toString();
    }
}
