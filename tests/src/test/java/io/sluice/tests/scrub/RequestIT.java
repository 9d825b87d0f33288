package io.sluice.tests.scrub;

import static io.sluice.tests.scrub.Library.READERS;
import static io.sluice.tests.scrub.Library.field;
import static io.sluice.tests.scrub.Library.literal;
import static io.sluice.tests.scrub.Library.regex;
import static io.sluice.tests.scrub.Library.subject;
import static io.sluice.tests.scrub.Library.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.sluice.tests.Outcome;
import io.sluice.tests.SampleHar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Requests are carried out together where they are alike, and refused where nobody can mean them. */
final class RequestIT extends LibraryCase {
    @Test
    void requestsThatAreAlikeAreCarriedOutAtOnceWithACertificateEach() throws IOException {
        library.importAndIngest("lake");
        String one = library.request("r1", "preserve", subject());
        String other = library.request("r2", "preserve", literal(library.loan("lake", 0)), regex("reader7@[a-z.]*"));
        String none = library.request("r3", "preserve", literal("nobody@nowhere.example"));

        JsonNode document =
                library.run(0, "lake", "scrub", "--request", one, other, "--request", none, "--run-id", "nightly");

        assertThat(document.at("/plan/requests").findValuesAsText("exchanges")).containsExactly("1", "3", "0");
        assertThat(document.at("/plan/exchanges").asInt()).isEqualTo(3);
        JsonNode result = document.path("result");
        assertThat(result.path("requests").findValuesAsText("state")).containsExactly("DONE", "DONE", "DONE");
        assertThat(result.path("requests").findValuesAsText("inTime"))
                .as("their deadline is past, and the certificates say so")
                .containsExactly("false", "false", "false");
        assertThat(result.path("exchangesErased").asInt()).isEqualTo(3);
        assertThat(statesOf("lake", "r1"))
                .containsExactly("RECEIVED", "PLANNED", "SCRUBBING", "PURGING", "VERIFYING", "DONE");
        assertThat(library.isAbsent(0, "lake", one)).isTrue();
        assertThat(library.isAbsent(0, "lake", other)).isTrue();
        Path root = library.root("lake");
        List<String> certificates = result.path("requests").findValuesAsText("certificate").stream()
                .map(file -> root.resolve(file).toString())
                .toList();
        assertThat(verdict(
                                0,
                                Stream.concat(Stream.of("--certificate"), certificates.stream())
                                        .toArray(String[]::new))
                        .path("genuine")
                        .asBoolean())
                .isTrue();
        String found = "SELECT get_json_object(certificate, '$.requestsInRun'), regexp_extract(certificate,"
                + " '\"exchange\",[^}]*\"rowsFound\" : ([0-9]+)', 1) FROM evidence ORDER BY number";
        assertThat(library.answer("lake", found).toString())
                .as("rows of exchange, by request")
                .isEqualTo("[[\"3\",\"1\"],[\"3\",\"3\"],[\"3\",\"0\"]]");

        String purging = library.request("r4", "purge", subject());
        Outcome refused = Outcome.of(
                library.line("lake", "scrub", "--request", one, purging).toArray(String[]::new));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.messages()).contains("they differ in history");

        Outcome another = Outcome.of(library.line("lake", "scrub", "--request", one, "--run-id", "nightly")
                .toArray(String[]::new));
        assertThat(another.exitCode()).isEqualTo(2);
        assertThat(another.messages()).contains("run nightly is done and was of r1, r2, r3");
    }

    @Test
    void aSubjectThatStandsInAnExportOnlyLeavesItAlsoForAClockThatRunsAhead() throws IOException {
        library.recordWithoutSubject();
        library.importAndIngest("lake");
        Path exports = Files.createDirectories(library.root("lake").resolve("exports"));
        Files.writeString(exports.resolve("old.js"), "login('" + Library.SUBJECT + "')");
        Files.writeString(exports.resolve("new.js"), "login()");
        String request = library.with(
                library.request("r1", "preserve", subject()),
                "receivedAt",
                Instant.now().plusSeconds(3600).toString());

        JsonNode result = library.run(0, "lake", "scrub", "--request", request).path("result");

        assertThat(result.at("/requests/0/state").asText()).isEqualTo("DONE");
        assertThat(result.at("/requests/0/inTime").asBoolean()).isTrue();
        assertThat(result.path("exchangesErased").asInt()).isZero();
        assertThat(exports).isDirectoryContaining("glob:**new.js").isDirectoryNotContaining("glob:**old.js");
        assertThat(library.subjectIn("lake").in(library.root("lake"))).isEmpty();
        assertThat(statesOf("lake", "r1")).startsWith("RECEIVED").endsWith("DONE");
    }

    @Test
    void aRequestThatTakesMoreThanIsMeantIsRefusedUntilThatIsConfirmed() throws IOException {
        library.importAndIngest("lake");
        library.importInto("landed");
        SampleHar.write(library.recordings().resolve("library.har"), 0, 3);
        library.importAndIngest("small");
        String all = library.request("r1", "purge", regex("application/json"));
        assertThat(refusalOf("small", all)).contains("--confirm-rows 15");
        library.run(0, "small", "scrub", "--request", library.request("r1", "purge", regex("nobody@[a-z]*")));
        for (String lake : List.of("lake", "landed")) {
            assertThat(refusalOf(lake, all)).contains("--confirm-rows " + READERS * 5);
            assertThat(statesOf(lake, "r1")).containsExactly("RECEIVED", "REFUSED");
        }
        assertThat(library.answer("lake", "SELECT count(*) FROM exchange")
                        .at("/0/0")
                        .asInt())
                .isEqualTo(READERS * 5);
        assertThat(library.run(4, "lake", "audit", "scrubs")
                        .at("/result/overdue")
                        .asInt())
                .as("nothing was done about it, and its time is up")
                .isEqualTo(1);

        JsonNode result = library.run(
                        0, "lake", "scrub", "--request", all, "--confirm-rows", String.valueOf(READERS * 5))
                .path("result");

        assertThat(result.path("exchangesErased").asInt()).isEqualTo(READERS * 5);
        assertThat(statesOf("lake", "r1")).endsWith("VERIFYING", "DONE");
    }

    @Test
    void aRequestThatNobodyCanMeanIsRefusedAndNothingHappens() throws IOException {
        library.importAndIngest("lake");
        for (String wrong : List.of(
                library.request("r3", "purge"),
                library.request("r3", "purge", literal("ab")),
                library.request("r3", "purge", literal("   ab   ")),
                library.request("r3", "forget", subject()),
                library.request("r3", "purge", regex("(reader7")),
                library.request("r3", "purge", regex("x*")),
                library.request("r3", "purge", field("reader7.name", "x")),
                library.request("r3-secret", "purge", literal("R3-Secret")),
                library.request(
                        "r3", "purge", JsonNodeFactory.instance.objectNode().put("unknown", "reader7")))) {
            Outcome outcome =
                    Outcome.of(library.line("lake", "scrub", "--request", wrong).toArray(String[]::new));
            assertThat(outcome.exitCode()).as(outcome.messages()).isEqualTo(2);
            assertThat(outcome.messages())
                    .contains("Cannot use the scrub request")
                    .doesNotContain("reader7");
        }
        library.run(0, "lake", "scrub", "--request", library.request("r3", "purge", subject()));
        Outcome other = Outcome.of(
                library.line("lake", "scrub", "--request", library.request("r3", "purge", literal("example.org")))
                        .toArray(String[]::new));
        assertThat(other.exitCode()).isEqualTo(3);
        assertThat(other.messages()).contains("request r3 was seen before and asked for something else");
    }

    /** Why a request is refused. */
    private String refusalOf(String lake, String request) {
        Outcome refused =
                Outcome.of(library.line(lake, "scrub", "--request", request).toArray(String[]::new));
        assertThat(refused.exitCode()).as(refused.messages()).isEqualTo(3);
        return refused.messages();
    }

    /** The states of a request, in the order in which it came into them. */
    private List<String> statesOf(String lake, String request) {
        List<String> states = new ArrayList<>();
        library.answer(lake, "SELECT state FROM scrub_request WHERE request_id = '" + request + "' ORDER BY at")
                .forEach(row -> states.add(row.path(0).asText()));
        return states;
    }
}
