package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlJobTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path lake;

    @Test
    void refusesATenantOfWhichNothingWasEverStored() {
        assertThat(sql("SELECT 1")).isEqualTo(ExitCode.SETTINGS);
        assertThat(err()).contains("nothing was ever stored for tenant acme");
        assertThat(lake).isEmptyDirectory();
    }

    @Test
    void printsTheAnswerAndKeepsNeitherItNorTheQuery() throws Exception {
        Files.createDirectory(lake.resolve("acme"));

        assertThat(sql(
                        "SELECT 'se' || 'cret' AS a, X'6869' AS b, X'ff' AS c, array(1) AS d, a.id AS `e.f` FROM range(2) a",
                        "--format",
                        "csv",
                        "--limit",
                        "1"))
                .as(err())
                .isZero();
        assertThat(out()).isEqualTo("a,b,c,d,e.f\nsecret,hi,/w==,[1],0\n");
        assertThat(sql("SELECT run_id, state, document FROM run", "--format", "json"))
                .as(err())
                .isZero();
        JsonNode document = JsonMapper.builder().build().readTree(out());
        assertThat(document.at("/result/rows").asInt()).isEqualTo(1);
        assertThat(document.at("/result/answer/0/2").asText())
                .contains("\"more\":true")
                .doesNotContain("cret");
        assertThat(document.at("/lineage/reads/0/object").asText()).isEqualTo("table:run");
        assertThat(sql("SELECT count(*) FROM run", "--as-of", "run=1"))
                .as(err())
                .isZero();
        assertThat(out()).contains("count(1)").contains("1 rows");
    }

    @Test
    void failsWithoutTheValueThatSparkQuotes() throws Exception {
        Files.createDirectory(lake.resolve("acme"));

        assertThat(sql("SELECT CAST('ada' AS INT)")).isEqualTo(ExitCode.SETTINGS);
        assertThat(err()).contains("Spark says CAST_INVALID_INPUT").doesNotContain("'ada'");
    }

    private int sql(String query, String... options) {
        out.reset();
        err.reset();
        String[] args = new String[options.length + 6];
        args[0] = "sql";
        args[1] = "--tenant";
        args[2] = "acme";
        args[3] = "--lake";
        args[4] = lake.toString();
        args[5] = query;
        System.arraycopy(options, 0, args, 6, options.length);
        return JobsMain.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                args);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
