package io.sluice.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerFormatTest {
    private static final Answer ANSWER = new Answer(
            List.of("path", "n"), List.of(List.of("/a,\"b\"\n\u001b[31m", "1"), Arrays.asList("", null)), true);

    @Test
    void showsControlCharactersInsteadOfSendingThemToTheTerminal() {
        assertThat(print(AnswerFormat.table).lines())
                .containsExactly(
                        "path                   | n",
                        "-----------------------+-----",
                        "/a,\"b\"\\u000a\\u001b[31m | 1",
                        "                       | NULL",
                        "2 rows shown, there are more: --limit");
    }

    @Test
    void quotesWhatCommaSeparatedValuesNeedAndTellsEmptyFromNull() {
        assertThat(print(AnswerFormat.csv)).isEqualTo("path,n\n\"/a,\"\"b\"\"\n\u001b[31m\",1\n\"\",");
    }

    @Test
    void putsRowsIntoTheResultOfTheRunDocument() {
        assertThat(print(AnswerFormat.json).replaceAll("\\s", ""))
                .isEqualTo(
                        "{\"result\":{\"rows\":2,\"columns\":[\"path\",\"n\"],\"answer\":[[\"/a,\\\"b\\\"\\n\\u001B[31m\",\"1\"],[\"\",null]]}}");
    }

    private static String print(AnswerFormat format) {
        var document = JsonNodeFactory.instance.objectNode();
        document.putObject("result").put("rows", 2);
        return format.print(ANSWER, document);
    }
}
