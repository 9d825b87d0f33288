package io.sluice.scrub.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes a sealed certificate in every way there is room for. */
class AlteredCertificateTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Optional<String> KEY = Optional.of(Certificates.KEY.publicKey());
    private static final String GOOD = Certificates.AWKWARD;

    @Test
    void noticesEveryCharacterThatIsRaised() {
        for (int i = 0; i < GOOD.length(); i++) {
            String changed = GOOD.substring(0, i) + (char) (GOOD.charAt(i) + 1) + GOOD.substring(i + 1);
            assertThat(CertificateCheck.problems(changed, KEY))
                    .as("after %s", GOOD.substring(0, i))
                    .isNotEmpty();
        }
    }

    @Test
    void noticesBytesThatChangeByChance() {
        Random random = new Random(20261120);
        byte[] good = GOOD.getBytes(StandardCharsets.UTF_8);
        BitSet space = spaceBetweenTokens(new String(good, StandardCharsets.ISO_8859_1));
        for (int i = 0; i < 2000; i++) {
            byte[] changed = good.clone();
            int position = random.nextInt(changed.length);
            changed[position] ^= (byte) (1 + random.nextInt(255));
            boolean onlySpace = space.get(position) && isSpace((char) changed[position]);
            assertThat(CertificateCheck.problems(new String(changed, StandardCharsets.UTF_8), KEY)
                            .isEmpty())
                    .as("change of byte %d to %d", position, changed[position])
                    .isEqualTo(onlySpace);
        }
    }

    /** Space that turns into a digit, a sign or a bracket is where a number gets another spelling. */
    @Test
    void noticesAnyAsciiCharacterInPlaceOfAnother() {
        BitSet space = spaceBetweenTokens(GOOD);
        for (int i = GOOD.indexOf("\"hits\""); i < GOOD.indexOf("\"algorithm\""); i++) {
            for (char c = 0; c < 128; c++) {
                boolean same = c == GOOD.charAt(i) || (space.get(i) && isSpace(c));
                String changed = GOOD.substring(0, i) + c + GOOD.substring(i + 1);
                assertThat(CertificateCheck.problems(changed, KEY).isEmpty())
                        .as("change of %d to %d", i, (int) c)
                        .isEqualTo(same);
            }
        }
    }

    @Test
    void noticesOtherSpellingsOfTheSameValues() {
        assertThat(List.of(
                        GOOD.replace("\"hits\" : 0", "\"hits\" : -0"),
                        GOOD.replace("\\u001F", "\\u001f"),
                        GOOD.replace("GDPR", "\\u0047DPR"),
                        GOOD.replace(" / ", " \\/ "),
                        GOOD.replace("\"hits\"", "\"\\u0068its\"")))
                .doesNotContain(GOOD)
                .allSatisfy(spelling -> assertThat(CertificateCheck.problems(spelling, KEY))
                        .containsExactly(
                                "It was changed after it was sealed: the same values are spelled in another way."));
        assertThat(List.of(
                        GOOD.replace("\"hits\" : 0", "\"hits\" : 0.0"),
                        GOOD.replace("\"hits\" : 0", "\"hits\" : 0e0"),
                        GOOD.replace("\"hits\" : 0", "\"hits\" : 99999999999999999999"),
                        GOOD.replace("ü", "\ud83d"),
                        GOOD.replace("ü", "\\ud83d"),
                        GOOD.replace("==\"", "==\\n\""),
                        GOOD.replace(Certificates.KEY.publicKey(), Certificates.KEY.publicKey() + "\\n"),
                        GOOD + "{}",
                        "\ufeff" + GOOD))
                .doesNotContain(GOOD)
                .allSatisfy(spelling ->
                        assertThat(CertificateCheck.problems(spelling, KEY)).isNotEmpty());
    }

    @Test
    void noticesEveryFieldThatIsRemovedAndEveryOneThatIsAdded() throws IOException {
        JsonNode good = JSON.readTree(GOOD);
        int removed = 0;
        for (String pointer : pointers(good, "")) {
            JsonNode changed = good.deepCopy();
            JsonNode parent = changed.at(pointer.substring(0, pointer.lastIndexOf('/')));
            String name = pointer.substring(pointer.lastIndexOf('/') + 1);
            if (parent instanceof ObjectNode object) {
                object.remove(name);
            } else {
                ((ArrayNode) parent).remove(Integer.parseInt(name));
            }
            assertThat(CertificateCheck.problems(changed.toString(), KEY))
                    .as(pointer)
                    .isNotEmpty();
            removed++;
        }
        assertThat(removed).isGreaterThan(50);
        assertThat(CertificateCheck.problems(GOOD.replace("\"hits\" :", "\"note\" : 1, \"hits\" :"), KEY))
                .containsExactly("The certificate does not meet certificate.schema.json: $.verification breaks"
                        + " additionalProperties of note.");
    }

    @Test
    void refusesAKeyThatStandsTwice() {
        String line = GOOD.lines()
                .filter(text -> text.contains("\"state\""))
                .findFirst()
                .orElseThrow()
                .strip();

        assertThat(CertificateCheck.problems(GOOD.replace(line, line + " " + line), KEY))
                .singleElement()
                .asString()
                .startsWith("It is not JSON in which every key stands once: see line ")
                .doesNotContain("DONE");
        assertThat(CertificateCheck.problems(GOOD.replace("\"hits\" : 0", "\"hits\" : 1, \"hits\" : 0"), KEY))
                .hasSize(1);
    }

    private static BitSet spaceBetweenTokens(String json) {
        BitSet space = new BitSet();
        IntStream.range(0, json.length()).filter(i -> isSpace(json.charAt(i))).forEach(space::set);
        Pattern.compile("\"([^\"\\\\]|\\\\.)*\"")
                .matcher(json)
                .results()
                .forEach(string -> space.clear(string.start(), string.end()));
        return space;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static List<String> pointers(JsonNode node, String pointer) {
        List<String> pointers = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(member -> {
                pointers.add(pointer + "/" + member.getKey());
                pointers.addAll(pointers(member.getValue(), pointer + "/" + member.getKey()));
            });
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            pointers.add(pointer + "/" + i);
            pointers.addAll(pointers(node.get(i), pointer + "/" + i));
        }
        return pointers;
    }
}
