package io.sluice.jobs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How the answer to a query is printed; captured text is shown, never obeyed by a terminal. */
enum AnswerFormat {
    table {
        @Override
        String print(Answer answer, ObjectNode document) {
            List<List<String>> lines = new ArrayList<>();
            lines.add(answer.columns());
            answer.rows()
                    .forEach(row ->
                            lines.add(row.stream().map(AnswerFormat::cell).toList()));
            List<Integer> widths = IntStream.range(0, answer.columns().size())
                    .mapToObj(i -> lines.stream()
                            .mapToInt(line -> line.get(i).length())
                            .max()
                            .orElse(0))
                    .toList();
            String rule = widths.stream().map("-"::repeat).collect(Collectors.joining("-+-"));
            List<String> printed = new ArrayList<>(
                    lines.stream().map(line -> padded(line, widths)).toList());
            printed.add(1, rule);
            printed.add(answer.rows().size() + (answer.more() ? " rows shown, there are more: --limit" : " rows"));
            return String.join("\n", printed);
        }
    },
    json {
        @Override
        String print(Answer answer, ObjectNode document) {
            ObjectNode result = document.withObject("/result");
            answer.columns().forEach(result.putArray("columns")::add);
            ArrayNode rows = result.putArray("answer");
            answer.rows().forEach(row -> row.forEach(rows.addArray()::add));
            return document.toPrettyString();
        }
    },
    csv {
        @Override
        String print(Answer answer, ObjectNode document) {
            List<String> lines = new ArrayList<>();
            lines.add(answer.columns().stream().map(AnswerFormat::quoted).collect(Collectors.joining(",")));
            answer.rows()
                    .forEach(row -> lines.add(row.stream()
                            .map(value -> value == null ? "" : quoted(value))
                            .collect(Collectors.joining(","))));
            return String.join("\n", lines);
        }
    };

    private static final int WIDEST = 60;

    abstract String print(Answer answer, ObjectNode document);

    private static String padded(List<String> cells, List<Integer> widths) {
        return IntStream.range(0, cells.size())
                .mapToObj(i ->
                        cells.get(i) + " ".repeat(widths.get(i) - cells.get(i).length()))
                .collect(Collectors.joining(" | "))
                .stripTrailing();
    }

    /** One line of printable characters: an escape sequence in a captured path must not reach the terminal. */
    private static String cell(@Nullable String value) {
        if (value == null) {
            return "NULL";
        }
        String shown = value.codePoints()
                .limit(WIDEST + 1)
                .mapToObj(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                        ? String.format("\\u%04x", c)
                        : Character.toString(c))
                .collect(Collectors.joining());
        return shown.length() <= WIDEST ? shown : shown.substring(0, WIDEST - 1) + "…";
    }

    /** RFC 4180: quoted where a comma, a quote or a line break stands in it; an empty text is told from null. */
    private static String quoted(String value) {
        boolean plain =
                !value.isEmpty() && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
