package io.sluice.scrub.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void writesStringsAndLiteralsAsTheExampleOfTheRfc() throws JsonProcessingException {
        String sample = """
                {
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }
                """;

        assertThat(canonical(sample))
                .isEqualTo("{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        // the bytes of the string in section 3.2.4
        assertThat(CanonicalJson.bytes(JSON.readTree(sample).path("string")))
                .isEqualTo(HexFormat.ofDelimiter(" ")
                        .parseHex("22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22"));
    }

    @Test
    void sortsKeysByCodeUnitsAsTheExampleOfTheRfc() {
        String sample = """
                {
                  "\\u20ac": "Euro Sign",
                  "\\r": "Carriage Return",
                  "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                  "1": "One",
                  "\\ud83d\\ude00": "Emoji: Grinning Face",
                  "\\u0080": "Control",
                  "\\u00f6": "Latin Small Letter O With Diaeresis"
                }
                """;

        assertThat(canonical(sample))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void writesEveryControlCharacterInItsShortestForm() {
        assertThat(canonical("\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\u007f\\u2028\""))
                .isEqualTo("\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\u007f\u2028\"");
    }

    @Test
    void writesWholeNumbersAsFarAsDoublesTellThemApart() {
        assertThat(canonical("[0, -0, -1, 9007199254740991, -9007199254740991]"))
                .isEqualTo("[0,0,-1,9007199254740991,-9007199254740991]");
        assertThat(canonical("[[], {}, {\"a\": {\"c\": 1, \"b\": [2]}}]"))
                .isEqualTo("[[],{},{\"a\":{\"b\":[2],\"c\":1}}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1.0", "1e3", "9007199254740992", "-9007199254740992", "123456789012345678901234"})
    void refusesOtherNumbers(String number) {
        assertThatThrownBy(() -> canonical("{\"n\": " + number + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole numbers");
    }

    @Test
    void refusesWhatIsNoText() {
        assertThatThrownBy(() -> CanonicalJson.bytes(TextNode.valueOf("a\ud83d")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CanonicalJson.bytes(MissingNode.getInstance()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String canonical(String json) {
        try {
            return new String(CanonicalJson.bytes(JSON.readTree(json)), StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
