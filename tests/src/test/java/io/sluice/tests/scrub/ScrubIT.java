package io.sluice.tests.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.redaction.IdentifierKind;
import io.sluice.redaction.ValueTraces;
import io.sluice.tenant.TenantKey;
import io.sluice.tests.Outcome;
import io.sluice.tests.SampleHar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScrubIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int READERS = 30;
    private static final String SUBJECT = "reader7@example.org";
    private static final String REST_OF = "FROM (SELECT * EXCEPT (run_id%s) FROM %s)";

    @TempDir
    private Path folder;

    private Path recordings;

    @BeforeEach
    void recordsReaders() throws IOException {
        recordings = Files.createDirectory(folder.resolve("recordings"));
        SampleHar.write(recordings.resolve("library.har"), 0, READERS);
    }

    @Test
    void aSubjectLeavesEverythingAndWhatIsLeftIsAsIfTheyHadNeverCome() throws IOException {
        fill("lake");
        Path root = folder.resolve("lake/acme");
        Path export = Files.createDirectories(root.resolve("exports")).resolve("old.js");
        Files.writeString(export, "http.post('/login', '{\"email\":\"Reader7%40Example.org\"}')");
        Residue residue = new Residue(traces(root));
        assertThat(residue.in(root)).hasSizeGreaterThan(3);
        String request = request("r1", selectors().add(subject()));

        JsonNode plan =
                here(0, "lake", "scrub", "--plan-only", "--request", request).path("plan");
        assertThat(plan.path("exchanges").asInt()).isEqualTo(1);
        assertThat(residue.in(root)).as("a plan changes nothing").hasSizeGreaterThan(3);
        assertThat(here(4, "lake", "verify", "--request", request)
                        .at("/result/absent")
                        .asBoolean())
                .isFalse();

        JsonNode result = here(0, "lake", "scrub", "--request", request).path("result");
        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("exchangesErased").asInt()).isEqualTo(1);
        assertThat(result.path("landingRowsRemoved").asInt()).isEqualTo(1);
        assertThat(result.path("exportsRemoved").get(0).asText()).isEqualTo("exports/old.js");
        assertThat(residue.in(root)).isEmpty();
        assertThat(here(0, "lake", "verify", "--request", request)
                        .at("/result/absent")
                        .asBoolean())
                .isTrue();
        assertThat(Outcome.of(line("lake", "sql", "--as-of", "exchange=1", "SELECT count(*) FROM exchange"))
                        .exitCode())
                .as("the version that held the subject")
                .isEqualTo(2);

        without(SUBJECT);
        Files.createDirectories(folder.resolve("fresh/acme/control"));
        Files.copy(root.resolve("control/tenant.key"), folder.resolve("fresh/acme/control/tenant.key"));
        fill("fresh");
        assertThat(tables("lake")).isEqualTo(tables("fresh"));
    }

    @Test
    void aSubjectDoesNotComeBack() throws IOException {
        here(0, "lake", "import", recordings.toString());
        here(0, "lake", "ingest");
        String request = request("r1", selectors().add(subject()));
        here(0, "lake", "scrub", "--request", request);

        assertThat(here(0, "lake", "ingest").at("/result/exchangesAppended").asInt())
                .as("what the scrubbed landing file still holds is known")
                .isZero();
        here(0, "lake", "import", recordings.toString());
        JsonNode ingested = here(4, "lake", "ingest").path("result");
        assertThat(ingested.path("exchangesAppended").asInt()).isZero();
        assertThat(ingested.path("rowsRejected").asInt()).isEqualTo(1);
        assertThat(answer("lake", "SELECT DISTINCT reason FROM reject")
                        .at("/0/0")
                        .asText())
                .isEqualTo("suppressed");

        JsonNode again = here(0, "lake", "scrub", "--request", request).path("result");
        assertThat(again.path("landingRowsRemoved").asInt()).isEqualTo(1);
        assertThat(new Residue(traces(folder.resolve("lake/acme"))).in(folder.resolve("lake/acme")))
                .isEmpty();
        checkCertificates(folder.resolve("lake/acme/evidence"));
    }

    @Test
    void aLiteralThatNoDetectorKnowsIsFoundByLookingAtEverything() throws IOException {
        here(0, "lake", "import", recordings.toString());
        here(0, "lake", "ingest");
        String loan = answer(
                        "lake", "SELECT regexp_extract(path, '[^/]*$', 0) FROM exchange WHERE path LIKE '/loans/%'")
                .at("/0/0")
                .asText();
        String request = request("r2", selectors().add(JSON.createObjectNode().put("literal", loan)));

        JsonNode result = here(0, "lake", "scrub", "--request", request).path("result");

        assertThat(result.path("exchangesErased").asInt())
                .as("made and looked at")
                .isEqualTo(2);
        assertThat(new Residue(loan).in(folder.resolve("lake/acme"))).isEmpty();
        assertThat(answer("lake", "SELECT count(*) FROM exchange").at("/0/0").asInt())
                .isEqualTo(READERS * 5 - 2);
    }

    @Test
    void aRequestThatNobodyCanMeanIsRefusedAndNothingHappens() throws IOException {
        here(0, "lake", "import", recordings.toString());
        here(0, "lake", "ingest");
        ArrayNode everybody = selectors().add(JSON.createObjectNode().put("literal", "example.org"));
        for (String wrong : List.of(
                request("r3", selectors()),
                request("r3", selectors().add(JSON.createObjectNode().put("literal", "ab"))),
                request("r3", selectors().add(JSON.createObjectNode().put("literal", "   ab   "))),
                request("r3", selectors().add(JSON.createObjectNode().put("unknown", "reader7"))))) {
            Outcome outcome = Outcome.of(line("lake", "scrub", "--request", wrong));
            assertThat(outcome.exitCode()).as(outcome.messages()).isEqualTo(2);
            assertThat(outcome.messages())
                    .contains("Cannot use the scrub request")
                    .doesNotContain("reader7");
        }
        String request = request("r3", selectors().add(subject()));
        here(0, "lake", "scrub", "--request", request);
        Outcome other = Outcome.of(line("lake", "scrub", "--request", request("r3", everybody)));
        assertThat(other.exitCode()).isEqualTo(3);
        assertThat(other.messages()).contains("request r3 was seen before and asked for something else");
    }

    private static void checkCertificates(Path evidence) throws IOException {
        String first = evidence.resolve("r1-1.json").toString();
        String second = evidence.resolve("r1-2.json").toString();
        String key = evidence.resolve("public-key.txt").toString();
        assertThat(verdict(0, "--public-key", key, "--certificate", first, second)
                        .path("genuine")
                        .asBoolean())
                .isTrue();
        assertThat(verdict(3, "--certificate", second, first).path("problems")).isNotEmpty();
        Path altered = Files.writeString(
                evidence.resolve("altered.json"),
                Files.readString(Path.of(first)).replace("\"hits\" : 0", "\"hits\" : 1"));
        assertThat(verdict(3, "--certificate", altered.toString()).path("problems"))
                .isNotEmpty();
    }

    private static JsonNode verdict(int exitCode, String... options) {
        Outcome outcome = Outcome.of(
                Stream.concat(Stream.of("verify"), Stream.of(options)).toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.messages()).isEqualTo(exitCode);
        return outcome.document();
    }

    private void fill(String lake) {
        here(0, lake, "import", recordings.toString());
        here(0, lake, "ingest");
        here(0, lake, "learn");
    }

    /** Takes every exchange in which {@code text} stands out of the recording. */
    private void without(String text) throws IOException {
        Path har = recordings.resolve("library.har");
        ObjectNode document = (ObjectNode) JSON.readTree(Files.readString(har));
        ArrayNode entries = (ArrayNode) document.at("/log/entries");
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).toString().contains(text)) {
                entries.remove(i);
            }
        }
        Files.writeString(har, document.toString());
    }

    /** The subject's address, its pseudonym and its hash in the blind index. */
    private static String[] traces(Path root) throws IOException {
        byte[] secret = Base64.getDecoder()
                .decode(Files.readString(root.resolve("control/tenant.key")).strip());
        ValueTraces traces = new ValueTraces(new TenantKey(secret, 1));
        return Stream.of(
                        Stream.of(SUBJECT),
                        traces.pseudonyms(IdentifierKind.EMAIL, SUBJECT).stream()
                                .filter(text -> text.contains("@")),
                        traces.indexHashes(IdentifierKind.EMAIL, SUBJECT).stream())
                .flatMap(texts -> texts)
                .toArray(String[]::new);
    }

    /** The number of rows of each table and a fingerprint of them, without what names runs, versions and places. */
    private Map<String, String> tables(String lake) {
        Map<String, String> tables = new TreeMap<>();
        Map.of(
                        "exchange", ", source_position, source_object",
                        "identifier", "",
                        "endpoint", "",
                        "session", ", model_id",
                        "session_step", "",
                        "dependency", "")
                .forEach((table, left) -> tables.put(
                        table,
                        answer(
                                        lake,
                                        "SELECT count(*), sum(CAST(xxhash64(*) AS DECIMAL(38, 0))) "
                                                + REST_OF.formatted(left, table))
                                .toString()));
        return tables;
    }

    private JsonNode answer(String lake, String sql) {
        return here(0, lake, "sql", "--format", "json", sql).at("/result/answer");
    }

    private JsonNode here(int exitCode, String lake, String command, String... more) {
        Outcome outcome = Outcome.of(line(lake, command, more));
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.messages()).isEqualTo(exitCode);
        return outcome.document();
    }

    private String[] line(String lake, String command, String... more) {
        String[] common = {
            command, "--tenant", "acme", "--lake", folder.resolve(lake).toString()
        };
        return Stream.concat(Stream.of(common), Stream.of(more)).toArray(String[]::new);
    }

    private String request(String id, ArrayNode selectors) throws IOException {
        ObjectNode request = JSON.createObjectNode()
                .put("id", id)
                .put("receivedAt", "2026-11-20T09:00:00Z")
                .put("deadline", "PT72H")
                .put("basis", "GDPR Art. 17")
                .put("action", "erase")
                .put("history", "purge");
        request.set("selectors", selectors);
        return Files.writeString(folder.resolve("request-" + request.hashCode() + ".json"), request.toString())
                .toString();
    }

    private static ArrayNode selectors() {
        return JSON.createArrayNode();
    }

    private static ObjectNode subject() {
        ObjectNode selector = JSON.createObjectNode();
        selector.putObject("subject").put("kind", "email").put("value", SUBJECT);
        return selector;
    }
}
