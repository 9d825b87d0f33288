package io.sluice.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.scenario.ScenarioDocument;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

final class WritersTest {
    @Test
    void anEmptyWorkloadGivesNoFiles() {
        for (ExportFormat format : ExportFormat.values()) {
            assertThat(format.writer().write(List.of())).as(format.option()).isEmpty();
        }
    }

    @Test
    void theTestPlanIsWellFormedWhateverTheTextSays() throws Exception {
        ExportedFile plan = only(ExportFormat.JMETER);

        assertThat(plan.name()).isEqualTo("workload.jmx");
        assertThat(DocumentBuilderFactory.newDefaultInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(plan.text())))
                        .getElementsByTagName("HTTPSamplerProxy")
                        .getLength())
                .isEqualTo(2);
    }

    @Test
    void theScenarioFileReadsBackAsTheScenario() {
        ExportedFile file = only(ExportFormat.SCENARIO);

        assertThat(file.name()).isEqualTo("s1_hostile_x.scenario.json");
        assertThat(ScenarioDocument.read(file.text())).isEqualTo(HostileScenario.scenario());
    }

    @Test
    void noLineOfTheScriptIsMadeOfCapturedText() {
        String script = only(ExportFormat.K6).text();

        assertThat(script.lines().filter(line -> line.startsWith(" end"))).isEmpty();
        assertThat(script).doesNotContain("\u2028");
        assertThat(script).contains("export function s1_hostile_x() {");
    }

    private static ExportedFile only(ExportFormat format) {
        List<ExportedFile> files = format.writer().write(List.of(HostileScenario.scenario()));
        assertThat(files).hasSize(1);
        return files.get(0);
    }
}
