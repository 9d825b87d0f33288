package io.sluice.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrowdTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void kindsComeInTheDeclaredSharesAndASeededOrder() {
        List<VisitorKind> kinds = Crowd.usual(7).kinds();
        for (VisitorKind kind : VisitorKind.values()) {
            assertThat(Collections.frequency(kinds, kind)).isEqualTo(2 * kind.percent());
        }
        assertThat(Crowd.usual(7).kinds()).isEqualTo(kinds);
        assertThat(Crowd.usual(8).kinds()).isNotEqualTo(kinds);
    }

    @Test
    void everyRequestAndEveryChargeIsRecorded(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("traffic.har");
        Crowd crowd = new Crowd(40, 20, Duration.ofMillis(5), LIMIT, 11);
        Crowd.Attendance attendance;
        try (HarFile har = HarFile.create(file);
                Site site = Site.recorded(3, har)) {
            attendance = crowd.visit(site.shop());
        }
        JsonNode entries = new JsonMapper().readTree(file.toFile()).at("/log/entries");

        int in = 0;
        int out = 0;
        Set<String> addresses = new HashSet<>();
        for (JsonNode entry : entries) {
            boolean answered = entry.path("_direction").asText().equals("IN");
            in += answered ? 1 : 0;
            out += answered ? 0 : 1;
            assertThat(entry.path("_service").asText()).isEqualTo("bookshop");
            assertThat(entry.path("time").asDouble()).isPositive();
            assertThat(URI.create(entry.at("/request/url").asText()).getHost())
                    .isEqualTo(answered ? "bookshop.example" : "payments.example");
            if (answered) {
                addresses.add(entry.path("_clientAddress").asText());
            } else if (entry.at("/request/method").asText().equals("POST")) {
                assertThat(entry.at("/request/postData/text").asText()).contains("\"number\":");
            }
            if (entry.at("/response/status").asInt() != 204) {
                assertThat(entry.at("/response/content/text").asText()).startsWith("{");
            }
        }
        assertThat(attendance.sentHome()).isZero();
        assertThat(in).isEqualTo(attendance.requests());
        assertThat(out).isGreaterThanOrEqualTo(2 * Collections.frequency(crowd.kinds(), VisitorKind.BUYER));
        assertThat(addresses).hasSize(40);
    }
}
