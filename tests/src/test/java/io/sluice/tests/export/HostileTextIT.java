package io.sluice.tests.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.export.ExportFormat;
import io.sluice.export.ExportedFile;
import io.sluice.export.HostileScenario;
import io.sluice.scenario.Encoding;
import io.sluice.tests.export.RecordingServer.Received;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real tools send captured text as it was captured, whatever it means in their own language. */
final class HostileTextIT {
    @TempDir
    private Path folder;

    @Test
    void jmeterSendsTextAsItIs() throws Exception {
        try (RecordingServer server = RecordingServer.start()) {
            List<JMeter.Sample> samples = JMeter.in(folder)
                    .run(
                            exported(ExportFormat.JMETER),
                            Map.of("port", "" + server.port(), "duration", "1", "rate.s1_hostile_x", "60"));

            assertThat(samples).hasSizeGreaterThanOrEqualTo(2).allMatch(JMeter.Sample::ok);
            assertAsCaptured(server.received());
        }
    }

    @Test
    void k6SendsTextAsItIs() throws Exception {
        assumeTrue(NodeK6.isHere(), "skipped: no node on the PATH to run the k6 script with");
        try (RecordingServer server = RecordingServer.start()) {
            NodeK6.Outcome outcome =
                    NodeK6.in(folder).run(exported(ExportFormat.K6), "http://127.0.0.1:" + server.port());

            assertThat(outcome.passed()).isEqualTo(2);
            assertThat(outcome.failed()).isZero();
            assertAsCaptured(server.received());
        }
    }

    private static void assertAsCaptured(List<Received> received) {
        Received login = received.get(0);
        assertThat(login.method()).isEqualTo("POST");
        assertThat(login.body())
                .matches(
                        "(?s)\\{\"note\":\"\\$\\{x} \\\\\\\\ \\\\u0041\",\"mail\":\"[a-z]{12}@example\\.org\",\"genre\":.*")
                .contains("\"genre\":\""
                        + Encoding.JSON.encode(HostileScenario.HOSTILE).substring(0, 40));
        Received order = received.get(1);
        assertThat(order.uri())
                .isEqualTo("/orders/7f%20a?q=" + Encoding.FORM.encode(HostileScenario.HOSTILE) + "&sid=s%2B1");
        assertThat(order.authorization()).isEqualTo("Bearer t$1.a");
        assertThat(order.plain()).isEqualTo("a\\b ${x} `c`");
    }

    private Path exported(ExportFormat format) throws Exception {
        ExportedFile file =
                format.writer().write(List.of(HostileScenario.scenario())).get(0);
        return Files.writeString(folder.resolve(file.name()), file.text(), StandardCharsets.UTF_8);
    }
}
