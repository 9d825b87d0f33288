package io.sluice.tests.scrub;

import static io.sluice.tests.scrub.Library.READERS;
import static io.sluice.tests.scrub.Library.field;
import static io.sluice.tests.scrub.Library.literal;
import static io.sluice.tests.scrub.Library.regex;
import static io.sluice.tests.scrub.Library.subject;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.tables.DeltaTable;
import io.sluice.lake.SessionSettings;
import io.sluice.tests.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

final class ScrubIT extends LibraryCase {
    private static final List<String> WITH_VERSIONS =
            List.of("exchange", "identifier", "session", "session_step", "endpoint", "scenario");

    /** Those whose rows tell something of an exchange or session. */
    private static final Set<String> HELD_THEM = Set.of("exchange", "identifier", "session");

    /** As many as three exchanges of the library have in the blind index, and fewer than all of them. */
    private static final int MOST_ROWS_OF_THREE = 30;

    @Test
    void aSubjectLeavesEverythingAndWhatIsLeftIsAsIfTheyHadNeverCome() throws IOException {
        library.importAndIngest("lake");
        library.run(0, "lake", "learn");
        Path root = library.root("lake");
        Files.writeString(
                Files.createDirectories(root.resolve("exports")).resolve("old.js"),
                "http.post('/login', '{\"email\":\"Reader7%40Example.org\"}')");
        landsUnderTheNameOfTheSubject(root.resolve("landing"));
        Path elsewhere = library.folder().resolve("reader7@example.org");
        JsonNode exported = library.run(0, "lake", "export", "--format", "scenario", "--to", elsewhere.toString())
                .path("result");
        Path underWay = Files.writeString(root.resolve("landing/_import-killed-00000-1.tmp"), "PAR1");
        Residue residue = library.subjectIn("lake");
        assertThat(residue.in(root)).hasSizeGreaterThan(3);
        String request = library.request("r1", "purge", subject());

        JsonNode plan = library.run(0, "lake", "scrub", "--plan-only", "--request", request)
                .path("plan");
        assertThat(plan.path("exchanges").asInt()).isEqualTo(1);
        JsonNode touched = plan.path("tables").path(0);
        assertThat(touched.path("table").asText()).isEqualTo("exchange");
        assertThat(touched.at("/newest/rows").asInt()).isEqualTo(1);
        assertThat(touched.at("/newest/files").asInt()).isEqualTo(1);
        assertThat(touched.at("/newest/bytes").asLong()).isPositive();
        assertThat(residue.in(root)).as("a plan changes nothing").hasSizeGreaterThan(3);
        assertThat(library.isAbsent(4, "lake", request)).isFalse();

        JsonNode result = library.run(0, "lake", "scrub", "--request", request).path("result");
        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("exchangesErased").asInt()).isEqualTo(1);
        assertThat(result.path("landingRowsRemoved").asInt()).isEqualTo(2);
        assertThat(underWay).as("of an import that was killed").doesNotExist();
        JsonNode scenarios = result.path("scenarios");
        assertThat(scenarios.path("regenerated").asInt()
                        + scenarios.path("withdrawn").size())
                .isEqualTo(exported.path("scenariosExported").asInt());
        assertThat(scenarios.path("exports").findValuesAsText("file"))
                .as("what others have of scenarios that were learned with the subject, who is not named here either")
                .hasSameSizeAs(exported.path("files"))
                .allMatch(file -> file.contains("/***/"));
        assertThat(result.path("exportsRemoved").path(0).asText()).isEqualTo("exports/old.js");
        assertThat(result.path("passes").asInt())
                .as("what the index and the ids lead to is all there is")
                .isEqualTo(1);
        assertThat(residue.in(root)).isEmpty();
        assertThat(library.isAbsent(0, "lake", request)).isTrue();
        library.run(2, "lake", "sql", "--as-of", "exchange=1", "SELECT count(*) FROM exchange");

        library.recordWithoutSubject();
        Files.createDirectories(library.root("fresh").resolve("control"));
        Files.copy(root.resolve("control/tenant.key"), library.root("fresh").resolve("control/tenant.key"));
        library.importAndIngest("fresh");
        library.run(0, "fresh", "learn");
        assertThat(library.tables("lake")).isEqualTo(library.tables("fresh"));
    }

    /** A file that was not ingested. */
    private static void landsUnderTheNameOfTheSubject(Path landing) throws IOException {
        try (Stream<Path> files = Files.list(landing)) {
            Path landed = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findAny()
                    .orElseThrow();
            Files.copy(landed, landing.resolve("of {" + Library.SUBJECT + "} [1].PARQUET"));
        }
    }

    @Test
    void everyEarlierVersionStaysReadableWithoutTheSubject() throws IOException {
        library.importAndIngest("lake");
        library.run(0, "lake", "learn", "--clusters", "2");
        library.run(0, "lake", "learn");
        Versions before = Versions.of(library.root("lake"), WITH_VERSIONS);

        aRunThatWasStoppedLeaves(library.root("lake").resolve("tables/exchange"));
        String loan = library.loan("lake", 0); // its reader's session goes on without it, under the same id
        String request = library.request("r1", "preserve", subject(), literal(loan));
        assertThat(library.planned("lake", library.request("r2", "preserve", literal(loan))))
                .isEqualTo(2);
        assertThat(library.planned("lake", library.ofActors(library.request("r3", "preserve", literal(loan)))))
                .as("all that its reader did")
                .isEqualTo(5);
        actorsOfAHalfLearnedLakeAreRefused(library.ofActors(library.request("r4", "preserve", literal(loan))));

        JsonNode result = library.run(0, "lake", "scrub", "--request", request).path("result");

        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("exchangesErased").asInt()).isEqualTo(3);
        assertThat(new Residue(loan).in(library.root("lake"))).isEmpty();
        assertThat(library.answer("lake", "SELECT count(*) FROM session WHERE actor = ''")
                        .at("/0/0")
                        .asInt())
                .as("sessions that are there now and blank")
                .isZero();
        assertThat(result.path("tablesPurged")).isEmpty();
        assertThat(library.subjectIn("lake").in(library.root("lake"))).isEmpty();
        for (JsonNode table : library.certificate("lake", result).path("tables")) {
            assertThat(table.path("versions").isEmpty())
                    .as("nothing was blanked in " + table.path("table"))
                    .isEqualTo(!HELD_THEM.contains(table.path("table").asText()));
        }
        Versions after = Versions.of(library.root("lake"), WITH_VERSIONS);
        before.stayButForBlankRowsIn(after, MOST_ROWS_OF_THREE);
        assertThat(before.changed("exchange 1", after)).hasSize(3);
        assertThat(before.changed("session 2", after)).hasSize(1);

        Map<String, String> learned = learned();
        String exchange = library.root("lake").resolve("tables/exchange").toString();
        DeltaTable.forPath(SessionSettings.open("tests"), exchange).restoreToVersion(1);
        assertThat(library.subjectIn("lake").in(library.root("lake")))
                .as("what a restored version brings back")
                .isEmpty();
        assertThat(library.isAbsent(0, "lake", request)).isTrue();
        library.run(0, "lake", "learn");
        assertThat(learned()).as("blank rows teach nothing").isEqualTo(learned);
    }

    /** What was learned, without what it was learned from. */
    private Map<String, String> learned() {
        Map<String, String> tables = new TreeMap<>(library.tables("lake"));
        tables.keySet().removeAll(List.of("exchange", "identifier"));
        return tables;
    }

    private static void aRunThatWasStoppedLeaves(Path exchanges) throws IOException {
        Files.createFile(exchanges.resolve("part-00000-stopped.c000.zstd.parquet"));
        Files.writeString(exchanges.resolve("part-00001-stopped.c000.zstd.parquet"), "PAR1 " + Library.SUBJECT);
        Files.writeString(exchanges.resolve("_delta_log/.00000000000000000009.json.1.tmp"), Library.SUBJECT);
    }

    private void actorsOfAHalfLearnedLakeAreRefused(String request) throws IOException {
        library.copy("lake", "half");
        SparkSession spark = SessionSettings.open("tests");
        DeltaTable.forPath(spark, library.root("half").resolve("tables/session").toString())
                .restoreToVersion(1);
        Outcome refused =
                Outcome.of(library.line("half", "scrub", "--request", request).toArray(String[]::new));
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.messages()).contains("learning about them was stopped half way");
    }

    @Test
    void whatNoDetectorKnowsIsFoundByLookingAtEverything() throws IOException {
        library.importAndIngest("lake");
        String loan = library.loan("lake", 0);
        String other = library.loan("lake", 1);
        String request = library.request(
                "r2",
                "purge",
                literal(loan),
                regex(other.substring(0, 8) + "-[0-9a-f]{4}-[0-9a-f-]{22}"),
                field("$.books[1].id", "122"),
                field("$.book", "112"));

        JsonNode result = library.run(0, "lake", "scrub", "--request", request).path("result");

        assertThat(result.path("exchangesErased").asInt())
                .as("two loans, made and looked at, one answer with a book in the second place, one loan of a book")
                .isEqualTo(2 + 2 + 1 + 1);
        assertThat(new Residue(loan, other).in(library.root("lake"))).isEmpty();
        assertThat(library.answer("lake", "SELECT count(*) FROM exchange")
                        .at("/0/0")
                        .asInt())
                .isEqualTo(READERS * 5 - 6);
        assertThat(library.isAbsent(0, "lake", request)).isTrue();

        library.run(0, "lake", "import", library.recordings().toString());
        JsonNode again = library.run(0, "lake", "ingest").path("result");
        assertThat(again.path("exchangesAppended").asInt())
                .as("what comes back, none of which an identifier tells of")
                .isZero();
        assertThat(again.path("duplicates").asInt()).isEqualTo(READERS * 5);
    }

    @Test
    void whatIsOutOfScopeStays() throws IOException {
        library.importAndIngest("lake");
        String title = "FROM exchange WHERE CAST(response_body AS STRING) LIKE '%The Sea%'";
        JsonNode times = library.answer(
                "lake", "SELECT date_format(captured_at, \"yyyy-MM-dd'T'HH:mm:ss.SSSXXX\") " + title + " ORDER BY 1");
        String all = library.request("r1", "preserve", literal("The Sea"));
        String some = library.within(
                library.request("r2", "preserve", literal("The Sea")),
                times.at("/10/0").asText(),
                times.at("/12/0").asText());

        JsonNode result = library.run(0, "lake", "scrub", "--request", some).path("result");

        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("exchangesErased").asInt()).isEqualTo(2);
        assertThat(result.path("landingRowsRemoved").asInt()).isEqualTo(2);
        assertThat(library.answer("lake", "SELECT count(*) " + title).at("/0/0").asInt())
                .isEqualTo(READERS - 2);
        assertThat(library.isAbsent(0, "lake", some)).isTrue();
        assertThat(library.isAbsent(4, "lake", all)).isFalse();
        library.run(0, "lake", "verify", "--request-id", "r2");
        assertThat(library.planned("lake", library.within(all, times.at("/11/0").asText(), null)))
                .isEqualTo(READERS - 12);
    }
}
