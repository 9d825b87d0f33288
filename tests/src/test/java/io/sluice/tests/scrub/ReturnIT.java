package io.sluice.tests.scrub;

import static io.sluice.tests.scrub.Library.subject;
import static io.sluice.tests.scrub.Library.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What was scrubbed does not come back, or is seen where it does; the chain of certificates tells of each scrub. */
final class ReturnIT extends LibraryCase {
    @Test
    void aSubjectDoesNotComeBack() throws IOException {
        library.importAndIngest("lake");
        library.copy("lake", "backup");
        String request = library.request("r1", "purge", subject());
        library.run(0, "lake", "scrub", "--request", request);
        whatABackupBringsBackIsSeenByTheIdOfTheRequest();

        assertThat(newBatches())
                .as("a file in the place of one that was ingested is not ingested again")
                .isZero();
        library.run(0, "lake", "import", library.recordings().toString());
        JsonNode ingested = library.run(4, "lake", "ingest").path("result");
        assertThat(ingested.path("exchangesAppended").asInt()).isZero();
        assertThat(ingested.path("rowsRejected").asInt()).isEqualTo(1);
        assertThat(library.answer("lake", "SELECT DISTINCT reason FROM reject")
                        .at("/0/0")
                        .asText())
                .isEqualTo("suppressed");

        Path evidence = library.root("lake").resolve("evidence");
        Files.delete(evidence.resolve("r1-1.json")); // as where the run was stopped that sealed it
        JsonNode again = library.run(0, "lake", "scrub", "--request", request).path("result");
        assertThat(again.path("landingRowsRemoved").asInt()).isEqualTo(1);
        assertThat(newBatches()).as("nor is the next one").isZero();
        assertThat(library.subjectIn("lake").in(library.root("lake"))).isEmpty();
        checkCertificates(evidence);
    }

    @Test
    void anIngestThatWasStoppedIsFinishedAfterAScrubAndNothingIsDoubled() throws IOException {
        library.importAndIngest("lake");
        library.copy("lake", "stopped");
        library.removeTable("stopped", "exchange"); // which comes last
        String request = library.request("r1", "purge", subject());
        library.run(0, "lake", "scrub", "--request", request);

        JsonNode result =
                library.run(0, "stopped", "scrub", "--request", request).path("result");
        assertThat(result.path("state").asText()).isEqualTo("DONE");
        library.run(0, "stopped", "ingest");

        assertThat(library.tables("stopped")).isEqualTo(library.tables("lake"));
        assertThat(library.subjectIn("stopped").in(library.root("stopped"))).isEmpty();
    }

    /** How many batches ingest makes of what it takes for new. */
    private int newBatches() {
        return library.run(0, "lake", "ingest").at("/plan/newBatches").asInt(-1);
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

    private static void checkCertificates(Path evidence) throws IOException {
        String first = evidence.resolve("r1-1.json").toString();
        String second = evidence.resolve("r1-2.json").toString();
        String key = evidence.resolve("public-key.txt").toString();
        assertThat(verdict(0, "--public-key", key, "--certificate", first, second)
                        .path("genuine")
                        .asBoolean())
                .isTrue();
        assertThat(Files.readString(Path.of(first))).doesNotContain("begunBefore");
        assertThat(Files.readString(Path.of(second))).contains("\"begunBefore\" : true");
        assertThat(verdict(3, "--certificate", second, first).path("problems")).isNotEmpty();
        Path altered = Files.writeString(
                evidence.resolve("altered.json"),
                Files.readString(Path.of(first)).replace("\"hits\" : 0", "\"hits\" : 1"));
        assertThat(verdict(3, "--certificate", altered.toString()).path("problems"))
                .isNotEmpty();
    }
}
