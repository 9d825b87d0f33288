package io.sluice.tests.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.SparkExtension;
import io.sluice.jobs.Console;
import io.sluice.jobs.JobsMain;
import io.sluice.lake.TenantTables;
import io.sluice.lineage.Run;
import io.sluice.report.Browser;
import io.sluice.report.ReportWriter;
import io.sluice.report.Shop;
import io.sluice.schemas.LineageEdgeTable;
import io.sluice.schemas.RunTable;
import io.sluice.schemas.TableSpec;
import io.sluice.tenant.TenantName;
import io.sluice.tenant.TenantSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job {@code report} on a lake.
 *
 * <p>The picture in the README: {@code -Dreport.picture=FILE.png} says where the picture goes, and
 * {@code -Dreport.page=FILE.html} takes it of that page instead of an invented one.
 */
@ExtendWith(SparkExtension.class)
@Tag("long")
class ReportIT {
    private static final int WIDTH = 1400;
    private static final int HEIGHT = 1180;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void writesThePageOfATenantThatHasLearned(SparkSession spark) throws Exception {
        fill(spark);
        Path pages = folder.resolve("pages");
        Path page = pages.resolve("report.html");

        assertThat(report(page)).as(err()).isZero();
        JsonNode first = new JsonMapper().readTree(out.toByteArray());
        assertThat(report(page)).as(err()).isZero();

        assertThat(first.at("/result/rowsShown/scenarios").asInt()).isEqualTo(4);
        assertThat(first.at("/result/bytesWritten").asLong()).isPositive();
        assertThat(Files.readString(page))
                .as("the second page shows the run that wrote the first")
                .contains(first.at("/run").asText());
        assertThat(pages.toFile().list()).containsExactly("report.html");
        takePicture(page);
    }

    @Test
    void saysThatATenantHasNothingYet() {
        Path page = folder.resolve("report.html");

        assertThat(report(page)).isEqualTo(2);

        assertThat(err()).contains("nothing was ever stored for tenant bookshop", "import captures first");
        assertThat(page).doesNotExist();
    }

    @Test
    void saysWhereAPageCannotGo(SparkSession spark) throws Exception {
        fill(spark);
        Path file = Files.writeString(folder.resolve("file"), "not a folder");

        assertThat(report(file.resolve("report.html"))).isEqualTo(1);
        assertThat(err()).contains("Cannot write report to").contains("folder that can be written");
        assertThat(report(folder.resolve("report.pdf"))).isEqualTo(2);
        assertThat(err()).contains("--to takes the name of an .html file");
    }

    private void fill(SparkSession spark) {
        List<TableSpec> written = ReportWriter.TABLES.stream()
                .filter(table -> !table.equals(RunTable.SPEC) && !table.equals(LineageEdgeTable.SPEC))
                .toList();
        TenantTables tables = TenantTables.open(
                spark,
                TenantSettings.below(folder.resolve("lake").toString(), new TenantName("bookshop")),
                new Run("run-0003", "learn", "0", Shop.OPENED),
                new TenantTables.Declared(List.of(), written));
        Function<TableSpec, List<Row>> rows = Shop.rows();
        written.forEach(table -> tables.append(table, tables.rows(table, rows.apply(table))));
    }

    private int report(Path page) {
        out.reset();
        err.reset();
        return JobsMain.run(
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)),
                "report",
                "--tenant",
                "bookshop",
                "--lake",
                folder.resolve("lake").toString(),
                "--to",
                page.toString());
    }

    private void takePicture(Path page) throws IOException, InterruptedException {
        Optional<Browser> browser = Browser.installed(folder);
        Assumptions.assumeTrue(browser.isPresent(), "no Chromium is installed, so no picture is taken");
        Path png = Path.of(System.getProperty(
                "report.picture", folder.resolve("report.png").toString()));
        browser.orElseThrow().picture(Path.of(System.getProperty("report.page", page.toString())), png, HEIGHT);

        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(WIDTH);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
