package io.sluice.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds README.md to the declarations; {@code mvn -pl schemas test -Dgolden.update} writes it anew. */
class DataDictionaryTest {
    private static final Path PAGE = Path.of("README.md");

    @Test
    void pageSaysWhatIsDeclared() throws IOException {
        String page = page();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page).as("README.md; rewrite it with -Dgolden.update").isEqualTo(Files.readString(PAGE));
    }

    private static String page() throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "# What is stored",
                "",
                "Generated from the table declarations and JSON Schemas of this module; do not edit. After a change:",
                "`./mvnw -pl schemas test -Dgolden.update`.",
                "",
                "Tables are Delta tables at `<lake>/<tenant>/tables/<name>`. Sensitivity decides where a value may appear:",
                "only `NONE` columns have statistics in the transaction log or a place in a clustering key; `PSEUDONYM` is a",
                "keyed replacement; `PERSONAL` and `SECRET` may hold what no detector recognized.",
                "",
                "| table | one row is |",
                "|---|---|"));
        Tables.ALL.forEach(
                table -> lines.add("| [" + table.name() + "](#" + table.name() + ") | " + table.purpose() + " |"));
        Tables.ALL.forEach(table -> lines.addAll(section(table)));
        lines.addAll(List.of("", "## Documents", "", "| document | schema | what it is |", "|---|---|---|"));
        for (Document document : Document.values()) {
            lines.add("| " + document.title() + " | [" + document.file() + "](src/main/resources/io/sluice/schemas/"
                    + document.file() + ") | " + cell(description(document)) + " |");
        }
        return String.join("\n", lines) + "\n";
    }

    private static List<String> section(TableSpec table) {
        List<String> lines = new ArrayList<>(List.of("", "## " + table.name(), "", table.purpose()));
        lines.add("");
        lines.add("Version " + table.version() + "."
                + (table.clusteringKeys().isEmpty() ? "" : " Clustered by " + names(table.clusteringKeys()) + ".")
                + (table.subjectColumns().isEmpty() ? "" : " Subject columns: " + names(table.subjectColumns()) + ".")
                + (table.retention().isZero()
                        ? ""
                        : " Kept for " + table.retention().toDays() + " days."));
        lines.addAll(List.of("", "| column | type | sensitivity | meaning |", "|---|---|---|---|"));
        table.columns()
                .forEach(column -> lines.add(
                        "| `" + column.name() + "` | `" + column.type().simpleString() + "`"
                                + (column.nullable() ? "" : " not null") + " | " + column.sensitivity() + " | "
                                + cell(column.comment()) + " |"));
        return lines;
    }

    private static String description(Document document) throws IOException {
        try (var in = Document.class.getResourceAsStream(document.file())) {
            JsonNode schema = JsonMapper.builder().build().readTree(in);
            return schema.path("description").asText();
        }
    }

    private static String names(List<String> names) {
        return "`" + String.join("`, `", names) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("<", "&lt;");
    }
}
