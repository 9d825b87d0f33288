package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.SparkExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ReportWriterTest {
    private static final ReportModel.Subject SUBJECT =
            new ReportModel.Subject("bookshop", "run-0005", Shop.OPENED.toEpochMilli());

    @TempDir
    Path folder;

    @Test
    void gathersWhatWasCapturedAndLearned(SparkSession spark) throws Exception {
        ReportModel model = ReportWriter.gather(SUBJECT, Shop.tables(spark));

        JsonNode summary = model.summary();
        assertThat(summary.get("sessions").asInt()).isEqualTo(Shop.SESSIONS);
        long drawn = model.rows("traffic").stream()
                .mapToLong(row -> row.get(TrafficTransform.EXCHANGES).asLong())
                .sum();
        assertThat(drawn).isEqualTo(summary.get("exchanges").asLong());
        assertThat(model.rows("scenarios")).hasSize(4);
        assertThat(model.rows("scenarios").get(0).at("/steps/0").has("sources")).isFalse();
        assertThat(model.rows("rejects").get(0).get("reason").asText()).isEqualTo("not_json");
        assertThat(model.rows("runs").get(0).get("reads").get(0).asText()).isEqualTo("table:exchange@3");
        look(model);
    }

    @Test
    void gathersNothingFromATenantWithoutTables(SparkSession spark) {
        ReportModel model = ReportWriter.gather(SUBJECT, Shop.empty(spark));

        assertThat(model.summary().get("exchanges").asLong()).isZero();
        assertThat(model.sections().values())
                .allSatisfy(section -> assertThat(section.rows()).isEmpty());
    }

    /** Opens the page in a browser; with {@code -Dreport.page=FILE.html} the page stays there to be looked at. */
    private void look(ReportModel model) throws Exception {
        Path page = Path.of(
                System.getProperty("report.page", folder.resolve("report.html").toString()));
        Files.writeString(page, ReportPage.render(model));
        Optional<Browser> browser = Browser.installed(folder);
        Assumptions.assumeTrue(browser.isPresent(), "no Chromium is installed, so the page is not opened");

        Browser.Opened opened = browser.orElseThrow().open(page);

        assertThat(opened.console()).isEmpty();
        assertThat(opened.main()).doesNotContain("NaN", "undefined", "Infinity");
        Map.of("class=\"traffic\"", 1, "class=\"node\"", 5, "class=\"block\"", 12, "scenario\"", 4)
                .forEach((mark, least) ->
                        assertThat(opened.main().split(mark, -1)).as(mark).hasSizeGreaterThan(least));
    }
}
