package io.sluice.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** All that the page shows, of bounded size: what it is about, one row that sums it up, and its sections by name. */
public record ReportModel(Subject subject, JsonNode summary, Map<String, Section> sections) {

    /** Whose report it is and which run wrote it. */
    public record Subject(String tenant, String runId, long writtenAtMillis) {}

    /** The rows that are shown of {@code total}; where there are more, the page says what was cut. */
    public record Section(long total, List<JsonNode> rows) {
        public Section {
            rows = List.copyOf(rows);
        }
    }

    public ReportModel {
        sections = Map.copyOf(sections);
    }

    /** The rows shown in a section; it is an error to ask for one that is not there. */
    public List<JsonNode> rows(String section) {
        return Objects.requireNonNull(sections.get(section), section).rows();
    }
}
