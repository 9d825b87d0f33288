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
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A library whose readers were recorded, one of whom asks to be forgotten, and the lakes that hold the recording. */
record Library(Path folder) {
    static final int READERS = 30;
    static final String SUBJECT = "reader7@example.org";

    private static final ObjectMapper JSON = new ObjectMapper();

    static Library recorded(Path folder) throws IOException {
        Library library = new Library(folder);
        SampleHar.write(Files.createDirectories(library.recordings()).resolve("library.har"), 0, READERS);
        return library;
    }

    Path recordings() {
        return folder.resolve("recordings");
    }

    /** The tenant's root in {@code lake}. */
    Path root(String lake) {
        return folder.resolve(lake).resolve("acme");
    }

    void importInto(String lake) {
        run(0, lake, "import", recordings().toString());
    }

    void importAndIngest(String lake) {
        importInto(lake);
        run(0, lake, "ingest");
    }

    /** The document of a command line, which must end with this exit code. */
    JsonNode run(int exitCode, String lake, String command, String... more) {
        Outcome outcome = Outcome.of(line(lake, command, more).toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.messages()).isEqualTo(exitCode);
        return outcome.document();
    }

    List<String> line(String lake, String command, String... more) {
        Stream<String> common = Stream.of(
                command, "--tenant", "acme", "--lake", folder.resolve(lake).toString());
        return Stream.concat(common, Stream.of(more)).toList();
    }

    /** How many exchanges a request would take out of {@code lake}. */
    int planned(String lake, String request) {
        return run(0, lake, "scrub", "--plan-only", "--request", request)
                .at("/plan/exchanges")
                .asInt();
    }

    /** Whether nothing that a request asks for stands in {@code lake}, which the exit code must say as well. */
    boolean isAbsent(int exitCode, String lake, String request) {
        return run(exitCode, lake, "verify", "--request", request)
                .at("/result/absent")
                .asBoolean();
    }

    /** What is said of certificates, without a lake. */
    static JsonNode verdict(int exitCode, String... options) {
        Outcome outcome = Outcome.of(
                Stream.concat(Stream.of("verify"), Stream.of(options)).toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.messages()).isEqualTo(exitCode);
        return outcome.document();
    }

    /** The first certificate of a scrub, by its result. */
    JsonNode certificate(String lake, JsonNode result) throws IOException {
        return JSON.readTree(Files.readString(
                root(lake).resolve(result.at("/requests/0/certificate").asText())));
    }

    JsonNode answer(String lake, String sql, String... options) {
        String[] query = Stream.concat(Stream.of(options), Stream.of("--format", "json", sql))
                .toArray(String[]::new);
        return run(0, lake, "sql", query).at("/result/answer");
    }

    /** The id of the loan that a reader took and looked at. */
    String loan(String lake, int reader) {
        return answer(
                        lake,
                        "SELECT regexp_extract(path, '[^/]*$', 0) FROM exchange WHERE path LIKE '/loans/%'"
                                + " ORDER BY captured_at")
                .at("/" + reader + "/0")
                .asText();
    }

    /** The number of rows of each table and a fingerprint of them, without what names runs, models and places in files. */
    Map<String, String> tables(String lake) {
        Map<String, String> tables = new TreeMap<>();
        Map.of(
                        "exchange", ", source_position, source_object",
                        "identifier", "",
                        "endpoint", "",
                        "session", ", model_id",
                        "session_step", "",
                        "dependency", "",
                        "behavior_model", ", model_id, source_version",
                        "fidelity", ", model_id",
                        "scenario", ", model_id, scenario_id, source_version, document")
                .forEach((table, left) ->
                        tables.put(table, rows(lake, "SELECT * EXCEPT (run_id" + left + ") FROM " + table)));
        return tables;
    }

    /** The same of the rows of all exchanges but one, in the first version of {@code table} that has rows. */
    String others(String lake, String table, String exchange) {
        String others = "SELECT * FROM " + table + " WHERE exchange_id <> '" + exchange + "'";
        return rows(lake, others, "--as-of", table + "=1");
    }

    private String rows(String lake, String query, String... options) {
        return answer(lake, "SELECT count(*), sum(CAST(xxhash64(*) AS DECIMAL(38, 0))) FROM (" + query + ")", options)
                .toString();
    }

    /** The id of the exchange in which the subject stands. */
    String exchange(String lake) {
        return answer(lake, "SELECT exchange_id FROM exchange WHERE path = '/login' ORDER BY captured_at")
                .at("/7/0")
                .asText();
    }

    /** Takes every exchange in which the subject stands out of the recording. */
    void recordWithoutSubject() throws IOException {
        Path har = recordings().resolve("library.har");
        ObjectNode document = (ObjectNode) JSON.readTree(Files.readString(har));
        ArrayNode entries = (ArrayNode) document.at("/log/entries");
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (entries.get(i).toString().contains(SUBJECT)) {
                entries.remove(i);
            }
        }
        Files.writeString(har, document.toString());
    }

    /** The subject's address, its pseudonym and its hash in the blind index of a lake. */
    Residue subjectIn(String lake) throws IOException {
        return tracesUnder(Files.readString(root(lake).resolve("control/tenant.key")));
    }

    /** The same, under a key in base64. */
    static Residue tracesUnder(String key) {
        ValueTraces traces = new ValueTraces(new TenantKey(Base64.getDecoder().decode(key.strip()), 1));
        return new Residue(Stream.of(
                        Stream.of(SUBJECT),
                        traces.pseudonyms(IdentifierKind.EMAIL, SUBJECT).stream()
                                .filter(text -> text.contains("@")),
                        traces.indexHashes(IdentifierKind.EMAIL, SUBJECT).stream())
                .flatMap(texts -> texts)
                .toArray(String[]::new));
    }

    void copy(String lake, String to) throws IOException {
        Path from = folder.resolve(lake);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(to).resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    /** As if nothing had been committed to {@code table} yet. */
    void removeTable(String lake, String table) throws IOException {
        try (Stream<Path> files = Files.walk(root(lake).resolve("tables").resolve(table))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** A request to erase, in a file of its own. */
    String request(String id, String history, JsonNode... selectors) throws IOException {
        ObjectNode request = JSON.createObjectNode()
                .put("id", id)
                .put("receivedAt", "2026-11-20T09:00:00Z")
                .put("deadline", "PT72H")
                .put("basis", "GDPR Art. 17")
                .put("action", "erase")
                .put("history", history);
        request.putArray("selectors").addAll(List.of(selectors));
        Path file = Files.createTempFile(folder, "request", ".json");
        return Files.writeString(file, request.toString()).toString();
    }

    /** The request with all that the same actors did. */
    String ofActors(String request) throws IOException {
        return with(request, "expand", "actor");
    }

    /** The request about exchanges captured in a span of time. */
    String within(String request, String from, @Nullable String to) throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(Files.readString(Path.of(request)));
        document.putObject("scope").put("from", from).put("to", to);
        return Files.writeString(Path.of(request), document.toString()).toString();
    }

    /** The request with {@code text} in its field {@code name}. */
    String with(String request, String name, String text) throws IOException {
        ObjectNode document = (ObjectNode) JSON.readTree(Files.readString(Path.of(request)));
        return Files.writeString(Path.of(request), document.put(name, text).toString())
                .toString();
    }

    static JsonNode subject() {
        ObjectNode selector = JSON.createObjectNode();
        selector.putObject("subject").put("kind", "email").put("value", SUBJECT);
        return selector;
    }

    static JsonNode regex(String expression) {
        return JSON.createObjectNode().put("regex", expression);
    }

    static JsonNode field(String path, String holds) {
        return JSON.createObjectNode().put("field", path).put("equals", holds);
    }

    static JsonNode literal(String text) {
        return JSON.createObjectNode().put("literal", text);
    }
}
