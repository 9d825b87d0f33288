package io.sluice.capture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonStringTest {
    private static final String ALPHABET = "abcdefghij\"\\\n\t\u0001ä\u20ac\uD83D\uDE00";

    @Test
    void decodesWhatAnotherWriterHasEncoded() throws IOException {
        ObjectMapper json = new ObjectMapper();
        Random random = new Random(7);
        for (int length = 0; length < 5_000; length += 1 + length / 9) {
            StringBuilder text = new StringBuilder();
            while (text.length() < length) {
                int symbol = ALPHABET.codePointAt(ALPHABET.offsetByCodePoints(0, random.nextInt(17)));
                text.append(Character.toString(symbol).repeat(1 + random.nextInt(length < 500 ? 3 : 30)));
            }
            byte[] written = json.writeValueAsBytes(text.toString());
            assertThat(JsonString.decode(written, 1)).asString(UTF_8).isEqualTo(text.toString());
        }
    }

    @Test
    void decodesEscapesWhereverRoomEnds() {
        for (int plain = 1_000; plain < 1_050; plain++) {
            String text = "\\n" + "x".repeat(plain) + "\\ud83d\\ude00\\u20ac\"";
            assertThat(JsonString.decode(text.getBytes(UTF_8), 0))
                    .asString(UTF_8)
                    .isEqualTo("\n" + "x".repeat(plain) + "\uD83D\uDE00\u20ac");
        }
    }

    @Test
    void endsAStringThatIsNeverClosedWithTheText() {
        for (String text : new String[] {"abc", "abcdefghijkl", "a\\nb", "a\\", "a\\u12", ""}) {
            assertThat(JsonString.decode(text.getBytes(UTF_8), 0)).hasSizeLessThanOrEqualTo(text.length());
        }
    }

    @Test
    void findsTheEndOfAPlainRunAtEveryPlace() {
        for (int length = 0; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                byte[] text = "\u00ff".repeat(40).getBytes(UTF_8);
                text[at] = (byte) (at % 2 == 0 ? '"' : '\\');
                assertThat(PlainRun.end(text, 0, length)).isEqualTo(at);
                assertThat(PlainRun.end(text, at + 1, length)).isEqualTo(length);
            }
        }
    }
}
