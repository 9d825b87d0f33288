package io.sluice.tests.scrub;

import static io.sluice.tests.scrub.Library.READERS;
import static io.sluice.tests.scrub.Library.literal;
import static io.sluice.tests.scrub.Library.subject;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.tests.Outcome;
import io.sluice.tests.SampleHar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class RedactIT extends LibraryCase {
    private static final String RULE =
            ", {\"name\": \"mail of readers\", \"kind\": \"email\", \"action\": \"PSEUDONYM\", \"detectors\": [\"email\"]}";
    private static final String POLICY = """
            {"name": "readers", "decodedBodyBytes": 1000000, "rules": [
              {"name": "what never occurs", "kind": "password", "action": "MASK", "fields": ["nosuchfield"]}%s]}
            """;

    @Test
    void exchangesStayWithMasksAndEarlierVersionsStayReadable() throws IOException {
        library.importAndIngest("lake");
        library.run(0, "lake", "learn");
        String loan = library.loan("lake", 0);
        JsonNode before = library.answer(
                "lake", "SELECT path, CAST(response_body AS STRING) FROM exchange WHERE path = '/loans/" + loan + "'");

        JsonNode result = redact(request("preserve", subject(), literal(loan)));

        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("exchangesErased").asInt()).isZero();
        assertThat(result.path("exchangesRedacted").asInt()).isEqualTo(3);
        assertThat(result.path("learnedAnew").asBoolean()).isTrue();
        assertNothingIsLeft(loan);
        assertThat(library.answer(
                        "lake", "SELECT path, CAST(response_body AS STRING) FROM exchange WHERE path = '/loans/***'"))
                .hasToString(before.toString().replace(loan, "***"));
        assertThat(count("exchange")).isEqualTo(READERS * 5);
        assertThat(count("exchange WHERE array_contains(flags, 'redacted')")).isEqualTo(3);
        JsonNode old = library.run(
                        0,
                        "lake",
                        "sql",
                        "--as-of",
                        "exchange=1",
                        "--format",
                        "json",
                        "SELECT count(*), count_if(policy_version = 'erased') FROM exchange")
                .at("/result/answer/0");
        assertThat(old).hasToString("[\"" + READERS * 5 + "\",\"3\"]");
        assertThat(library.run(0, "lake", "verify", "--request", request("preserve", subject(), literal(loan)))
                        .at("/result/absent")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void whatComesLaterIsMaskedOnItsWayIn() throws IOException {
        library.importAndIngest("lake");
        Path lot = Files.createDirectories(folder.resolve("lot-4711-x"));
        SampleHar.write(lot.resolve("later.har"), READERS, 2);
        library.run(0, "lake", "import", lot.toString());
        String later = "reader" + (READERS + 1) + "@example.org";

        JsonNode result = redact(request("purge", subject(), literal(later), literal("lot-4711-x")));
        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("landingRowsRemoved").asInt())
                .as("of which the exchange is there")
                .isEqualTo(1);
        assertThat(result.path("landingFilesRedacted").asInt())
                .as("of which there is none yet")
                .isEqualTo(1);
        assertThat(count("exchange")).isEqualTo(READERS * 5);
        assertThat(count("lineage_edge WHERE object LIKE '%***%'"))
                .as("records of runs, in which the folder's name stood")
                .isPositive();

        JsonNode again = redact(
                library.with(library.request("r2", "purge", literal("reader3@example.org")), "action", "redact"));
        assertThat(again.path("landingRowsRemoved").asInt())
                .as("of a file that was written anew, and of which exchanges are there")
                .isEqualTo(1);
        assertThat(again.path("landingFilesRedacted").asInt()).isZero();

        library.run(0, "lake", "import", library.recordings().toString());
        JsonNode ingested = library.run(0, "lake", "ingest").path("result");
        assertThat(ingested.path("rowsRejected").asInt()).isZero();
        assertThat(ingested.path("exchangesAppended").asInt())
                .as("of the file that waited; of what came again there are exchanges")
                .isEqualTo(2 * 5);
        Path tables = library.root("lake").resolve("tables");
        assertThat(library.subjectIn("lake").in(tables)).isEmpty();
        assertThat(new Residue(later, "lot-4711-x").in(tables)).isEmpty();
    }

    @Test
    void aNewRuleOfThePolicyAppliesToAllHistory() throws IOException {
        Path policy = folder.resolve("policy.json");
        Files.writeString(policy, POLICY.formatted(""));
        String config = Files.writeString(
                        folder.resolve("sluice.yaml"), "tenants:\n  acme:\n    policy: " + policy + "\n")
                .toString();
        library.run(0, "clear", "import", library.recordings().toString());
        library.run(0, "clear", "ingest", "--config", config);
        library.run(0, "clear", "learn");
        Residue reader = new Residue(Library.SUBJECT);
        assertThat(reader.in(library.root("clear").resolve("tables"))).isNotEmpty();
        Files.writeString(policy, POLICY.formatted(RULE));
        JsonNode rule = JsonNodeFactory.instance.objectNode().put("policyRule", "mail of readers");

        String erasing = library.request("r1", "purge", rule);
        assertThat(library.run(0, "clear", "scrub", "--plan-only", "--request", erasing, "--config", config)
                        .at("/plan/exchanges")
                        .asInt())
                .isEqualTo(READERS);
        String request = library.with(library.request("r2", "preserve", rule), "action", "redact");
        JsonNode result = library.run(0, "clear", "scrub", "--request", request, "--config", config)
                .path("result");

        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("exchangesRedacted").asInt()).isEqualTo(READERS);
        assertThat(reader.in(library.root("clear"))).isEmpty();
        JsonNode bodies = library.answer(
                "clear",
                "SELECT count(*), count(DISTINCT request_body) FROM exchange WHERE exists(flags,"
                        + " flag -> flag LIKE 'rule %: mail of readers') AND CAST(request_body AS STRING) LIKE '{\"email\":\"%@%.example\"%'");
        assertThat(bodies.get(0)).as("pseudonyms").hasToString("[\"" + READERS + "\",\"" + READERS + "\"]");
        assertThat(library.run(0, "clear", "verify", "--request", request, "--config", config)
                        .at("/result/absent")
                        .asBoolean())
                .isTrue();

        String unknown = library.request(
                "r3", "purge", JsonNodeFactory.instance.objectNode().put("policyRule", "mail of reader"));
        Outcome outcome = Outcome.of(library.line("clear", "scrub", "--request", unknown, "--config", config)
                .toArray(String[]::new));
        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.messages()).contains("has no rule mail of reader", "Did you mean mail of readers?");
    }

    private void assertNothingIsLeft(String literal) throws IOException {
        assertThat(library.subjectIn("lake").in(library.root("lake"))).isEmpty();
        assertThat(new Residue(literal).in(library.root("lake"))).isEmpty();
    }

    private JsonNode redact(String request) {
        return library.run(0, "lake", "scrub", "--request", request).path("result");
    }

    private String request(String history, JsonNode... selectors) throws IOException {
        return library.with(library.request("r1", history, selectors), "action", "redact");
    }

    private int count(String from) {
        return library.answer("lake", "SELECT count(*) FROM " + from).at("/0/0").asInt();
    }
}
