package io.sluice.tests.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.jobs.Console;
import io.sluice.jobs.JobsMain;
import io.sluice.tests.Corpus;
import io.sluice.tests.Figures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports recorded captures of several recorders and versions; skipped where they do not lie beside the checkout. */
class CaptureCorpusIT {
    @TempDir
    private Path folder;

    @Test
    void readsEveryExchangeOfTheRecordedSessions() throws IOException {
        JsonNode result = imported("speedscale-sessions");
        Figures.record(
                "speedscale-sessions: exchanges imported",
                "5,063 of 5,064 files, the collided one split or rejected",
                result.path("imported").asText() + ", rejected "
                        + result.path("rejected").asText());
        assertThat(result.path("filesByFormat").path("rrpair").asLong()).isEqualTo(5_064);
        assertThat(result.path("imported").asLong()).isEqualTo(5_064);
        assertThat(result.path("rejectedByReason")).hasToString("{\"collided\":1}");
    }

    @Test
    void readsTheArchivesOfBrowsersAndProxies() throws IOException {
        JsonNode result = imported("har-mitmproxy");
        Figures.record(
                "har-mitmproxy: exchanges imported",
                "60",
                result.path("imported").asText());
        assertThat(result.path("imported").asLong()).isGreaterThanOrEqualTo(60);
        assertThat(result.path("rejectedByReason").path("not_json").asLong()).isEqualTo(1);
    }

    @Test
    void readsPairsOfEveryRecordedVersion() throws IOException {
        JsonNode result = imported("speedscale-misc");
        assertThat(result.path("imported").asLong()).isEqualTo(174 + 45);
        assertThat(result.path("rejectedByReason")).hasToString("{\"not_http\":18}");
    }

    private JsonNode imported(String corpus) throws IOException {
        Path captures = Corpus.unpack(corpus, folder.resolve(corpus));
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        Console console = new Console(new PrintStream(document, true, StandardCharsets.UTF_8), System.err);
        int code = JobsMain.run(
                console,
                "import",
                "--tenant",
                "acme",
                "--lake",
                folder.resolve("lake").toString(),
                captures.toString());
        JsonNode result = new ObjectMapper().readTree(document.toByteArray()).path("result");
        assertThat(code).as(result.toString()).isEqualTo(4);
        assertThat(result.path("imported").asLong() + result.path("rejected").asLong())
                .isEqualTo(result.path("found").asLong());
        return result;
    }
}
