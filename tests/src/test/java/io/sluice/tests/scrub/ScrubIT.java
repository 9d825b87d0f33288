package io.sluice.tests.scrub;

import static io.sluice.tests.scrub.Library.READERS;
import static io.sluice.tests.scrub.Library.field;
import static io.sluice.tests.scrub.Library.literal;
import static io.sluice.tests.scrub.Library.regex;
import static io.sluice.tests.scrub.Library.subject;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.delta.tables.DeltaTable;
import io.sluice.lake.SessionSettings;
import io.sluice.tests.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScrubIT {
    private static final List<String> WITH_VERSIONS =
            List.of("exchange", "identifier", "session", "session_step", "endpoint", "scenario");

    /** More than stand in three exchanges of the library, and fewer than in all. */
    private static final int MOST_IDENTIFIERS_OF_THREE = 30;

    @TempDir
    private Path folder;

    private Library library = new Library(Path.of(""));

    @BeforeEach
    void recordsReaders() throws IOException {
        library = Library.recorded(folder);
    }

    @Test
    void aSubjectLeavesEverythingAndWhatIsLeftIsAsIfTheyHadNeverCome() throws IOException {
        library.importAndIngest("lake");
        library.run(0, "lake", "learn");
        Path root = library.root("lake");
        Files.writeString(
                Files.createDirectories(root.resolve("exports")).resolve("old.js"),
                "http.post('/login', '{\"email\":\"Reader7%40Example.org\"}')");
        landsUnderTheNameOfTheSubject(root.resolve("landing"));
        Path underWay = Files.writeString(root.resolve("landing/_import-killed-00000-1.tmp"), "PAR1");
        Residue residue = library.subjectIn("lake");
        assertThat(residue.in(root)).hasSizeGreaterThan(3);
        String request = library.request("r1", "purge", subject());

        JsonNode plan = library.run(0, "lake", "scrub", "--plan-only", "--request", request)
                .path("plan");
        assertThat(plan.path("exchanges").asInt()).isEqualTo(1);
        assertThat(residue.in(root)).as("a plan changes nothing").hasSizeGreaterThan(3);
        assertThat(isAbsent(4, request)).isFalse();

        JsonNode result = library.run(0, "lake", "scrub", "--request", request).path("result");
        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("exchangesErased").asInt()).isEqualTo(1);
        assertThat(result.path("landingRowsRemoved").asInt()).isEqualTo(2);
        assertThat(underWay).as("of an import that was killed").doesNotExist();
        assertThat(result.path("exportsRemoved").path(0).asText()).isEqualTo("exports/old.js");
        assertThat(result.path("passes").asInt())
                .as("what the index and the ids lead to is all there is")
                .isEqualTo(1);
        assertThat(residue.in(root)).isEmpty();
        assertThat(isAbsent(0, request)).isTrue();
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
        Map<String, List<String>> before = versions();

        String loan = library.loan("lake", 0); // its reader's session goes on without it, under the same id
        String request = library.request("r1", "preserve", subject(), literal(loan));
        assertThat(planned(library.request("r2", "preserve", literal(loan)))).isEqualTo(2);
        assertThat(planned(library.ofActors(library.request("r3", "preserve", literal(loan)))))
                .as("all that its reader did")
                .isEqualTo(5);

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
        Map<String, List<String>> after = versions();
        assertThat(after.keySet()).containsAll(before.keySet());
        before.forEach((version, was) -> {
            List<String> is = after.getOrDefault(version, List.of());
            assertThat(is).as(version).hasSameSizeAs(was);
            assertThat(without(is, was))
                    .as("rows of %s that are others now", version)
                    .hasSizeLessThanOrEqualTo(version.startsWith("identifier") ? MOST_IDENTIFIERS_OF_THREE : 3)
                    .allMatch(row -> row.contains("\"policy_version\":\"erased\"")
                            || row.contains("\"actor\":\"\"")
                            || row.contains("\"identifier_hash\":\"\""));
        });
        assertThat(without(after.getOrDefault("exchange 1", List.of()), before.getOrDefault("exchange 1", List.of())))
                .hasSize(3);
        assertThat(without(after.getOrDefault("session 2", List.of()), before.getOrDefault("session 2", List.of())))
                .hasSize(1);

        String exchange = library.root("lake").resolve("tables/exchange").toString();
        DeltaTable.forPath(SessionSettings.open("tests"), exchange).restoreToVersion(1);
        assertThat(library.subjectIn("lake").in(library.root("lake")))
                .as("what a restored version brings back")
                .isEmpty();
    }

    @Test
    void aSubjectDoesNotComeBack() throws IOException {
        library.importAndIngest("lake");
        library.copy("lake", "backup");
        String request = library.request("r1", "purge", subject());
        library.run(0, "lake", "scrub", "--request", request);
        whatABackupBringsBackIsSeenByTheIdOfTheRequest();

        assertThat(library.run(0, "lake", "ingest")
                        .at("/result/exchangesAppended")
                        .asInt())
                .as("what the scrubbed landing file still holds is known")
                .isZero();
        library.run(0, "lake", "import", library.recordings().toString());
        JsonNode ingested = library.run(4, "lake", "ingest").path("result");
        assertThat(ingested.path("exchangesAppended").asInt()).isZero();
        assertThat(ingested.path("rowsRejected").asInt()).isEqualTo(1);
        assertThat(library.answer("lake", "SELECT DISTINCT reason FROM reject")
                        .at("/0/0")
                        .asText())
                .isEqualTo("suppressed");

        JsonNode again = library.run(0, "lake", "scrub", "--request", request).path("result");
        assertThat(again.path("landingRowsRemoved").asInt()).isEqualTo(1);
        assertThat(library.subjectIn("lake").in(library.root("lake"))).isEmpty();
        checkCertificates(library.root("lake").resolve("evidence"));
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
        assertThat(isAbsent(0, request)).isTrue();
    }

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
        assertThat(result.path("exchangesErased").asInt()).isEqualTo(3);
        assertThat(isAbsent(0, one)).isTrue();
        assertThat(isAbsent(0, other)).isTrue();
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
        assertThat(isAbsent(0, some)).isTrue();
        assertThat(isAbsent(4, all)).isFalse();
        library.run(0, "lake", "verify", "--request-id", "r2");
        assertThat(planned(library.within(all, times.at("/11/0").asText(), null)))
                .isEqualTo(READERS - 12);
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

    private void whatABackupBringsBackIsSeenByTheIdOfTheRequest() throws IOException {
        String[] verify = {"verify", "--request-id", "r1"};
        assertThat(library.run(0, "lake", verify[0], verify[1], verify[2])
                        .at("/result/absent")
                        .asBoolean())
                .isTrue();
        List<Path> restored = new ArrayList<>();
        for (String part : List.of("landing", "tables/exchange", "tables/identifier")) {
            try (Stream<Path> files = Files.walk(library.root("backup").resolve(part))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".parquet")
                                && !path.toString().contains("_delta_log"))
                        .toList()) {
                    String name = (part.equals("landing") ? "" : "restored-") + file.getFileName();
                    restored.add(Files.copy(
                            file,
                            library.root("lake").resolve(part).resolve(name),
                            StandardCopyOption.COPY_ATTRIBUTES));
                }
            }
        }
        JsonNode back = library.run(4, "lake", verify[0], verify[1], verify[2]).at("/result/returned");
        assertThat(back.findValuesAsText("what"))
                .containsExactlyInAnyOrder("identifier", "exchange", "identifier", "exchange");
        assertThat(restored)
                .extracting(file -> library.root("lake").relativize(file).toString())
                .containsAll(back.findValuesAsText("object"));
        for (Path file : restored) {
            Files.delete(file);
        }
        library.run(2, "lake", "verify", "--request-id", "r0");
    }

    /** The rows of each version of the tables, as text in order. */
    private Map<String, List<String>> versions() {
        SparkSession spark = SessionSettings.open("tests");
        Map<String, List<String>> versions = new TreeMap<>();
        for (String table : WITH_VERSIONS) {
            String path = library.root("lake").resolve("tables").resolve(table).toString();
            long newest = DeltaTable.forPath(spark, path)
                    .history(1)
                    .select("version")
                    .first()
                    .getLong(0);
            for (long version = 1; version <= newest; version++) {
                versions.put(
                        table + " " + version,
                        spark
                                .read()
                                .format("delta")
                                .option("versionAsOf", version)
                                .load(path)
                                .toJSON()
                                .collectAsList()
                                .stream()
                                .sorted()
                                .toList());
            }
        }
        return versions;
    }

    private static List<String> without(List<String> rows, List<String> others) {
        List<String> left = new ArrayList<>(rows);
        left.removeAll(others);
        return left;
    }

    private int planned(String request) {
        return library.run(0, "lake", "scrub", "--plan-only", "--request", request)
                .at("/plan/exchanges")
                .asInt();
    }

    private boolean isAbsent(int exitCode, String request) {
        return library.run(exitCode, "lake", "verify", "--request", request)
                .at("/result/absent")
                .asBoolean();
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
}
