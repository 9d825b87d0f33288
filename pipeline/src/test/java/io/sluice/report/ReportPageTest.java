package io.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportPageTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> SECTIONS = List.of(
            "traffic", "endpoints", "behaviors", "names", "dependencies", "scenarios", "fidelity", "runs", "rejects");
    private static final String HOSTILE = "/<script>alert(1)</script></script><img src=x onerror=alert(2)>&lt;\u2028";

    @TempDir
    Path folder;

    @Test
    void keepsCapturedTextInsideItsBlock() throws IOException {
        String page = ReportPage.render(model("endpoints", endpoint(HOSTILE)));

        Matcher block = Pattern.compile("<script type=\"application/json\" id=\"model\">(.*?)</script>", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).isTrue();
        assertThat(block.group(1)).doesNotContain("<", ">", "&", "\u2028");
        assertThat(JSON.readTree(block.group(1))
                        .at("/sections/endpoints/rows/0/template")
                        .asText())
                .isEqualTo(HOSTILE);
        assertThat(page).doesNotContain("<script>alert");
    }

    @Test
    void admitsItsOwnStyleAndScriptAndNothingElse() {
        String page = ReportPage.render(model("endpoints", endpoint("/books")));

        assertThat(page)
                .containsPattern(
                        "default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'")
                .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(", "unsafe-inline")
                .doesNotContainPattern("(src|href)=\"?(https?:)?//")
                .doesNotContainPattern("url\\(|@import");
    }

    @Test
    void isTheSameForTheSameModel() {
        assertThat(ReportPage.render(model("endpoints", endpoint("/books"))))
                .isEqualTo(ReportPage.render(model("endpoints", endpoint("/books"))));
    }

    @Test
    void showsMarkupInAPathAsText() throws Exception {
        Browser.Opened opened = browser().open(written(model("endpoints", endpoint(HOSTILE))));

        assertThat(opened.console()).isEmpty();
        assertThat(opened.main())
                .contains("&lt;script&gt;alert(1)&lt;")
                .doesNotContain("<img")
                .contains("Endpoints</h2>");
    }

    @Test
    void saysWhatToRunWhereNothingIsThere() throws Exception {
        Browser.Opened opened = browser().open(written(model("endpoints", "")));

        assertThat(opened.console()).isEmpty();
        assertThat(opened.main())
                .contains("sluice import --tenant bookshop")
                .contains("sluice learn --tenant bookshop")
                .doesNotContain("NaN", "undefined", "Infinity");
    }

    private Browser browser() {
        Optional<Browser> browser = Browser.installed(folder);
        Assumptions.assumeTrue(browser.isPresent(), "no Chromium is installed, so the page is not opened");
        return browser.orElseThrow();
    }

    private Path written(ReportModel model) throws IOException {
        return Files.writeString(folder.resolve("report.html"), ReportPage.render(model));
    }

    private static String endpoint(String template) {
        return JSON.createObjectNode()
                .put("endpoint_id", "e1")
                .put("service", "bookshop")
                .put("direction", "IN")
                .put("method", "GET")
                .put("template", template)
                .put("exchange_count", 5)
                .put("actor_count", 2)
                .toString();
    }

    /** A model whose one filled section has one row, or none where {@code row} is empty. */
    private static ReportModel model(String section, String row) {
        Map<String, ReportModel.Section> sections = new TreeMap<>();
        SECTIONS.forEach(name -> sections.put(name, new ReportModel.Section(0, List.of())));
        if (!row.isEmpty()) {
            sections.put(section, new ReportModel.Section(1, List.of(parsed(row))));
        }
        return new ReportModel(
                new ReportModel.Subject("bookshop", "run-1", 1_772_460_000_000L),
                parsed("{\"exchanges\":0,\"services\":[],\"formats\":[],\"sessions\":0,\"actors\":0}"),
                sections);
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
