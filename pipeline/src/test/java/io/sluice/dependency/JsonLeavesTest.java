package io.sluice.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dependency.JsonLeaves.End;
import io.sluice.dependency.JsonLeaves.Leaf;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JsonLeavesTest {
    @Test
    void listsScalarsWithTheirLocations() {
        JsonLeaves json = JsonLeaves.of("{\"a\":[1,{\"b\":true},[null,\"x\"]],\"c d\":2.50}", 10);
        assertThat(json.leaves())
                .extracting(leaf -> leaf.location() + "=" + leaf.text())
                .containsExactly("$.a[0]=1", "$.a[1].b=true", "$.a[2][0]=null", "$.a[2][1]=x", "$['c d']=2.50");
        assertThat(json.end()).isEqualTo(End.COMPLETE);
    }

    @Test
    void knowsTheCharactersOfEachValue() {
        String json = " { \"a\\\"\" : \"q\\u00e9\\n\" , \"b\":[ -12 , 3e5,\"\" ] , \"ü\": \"\uD83D\uDE00z\" }";
        assertThat(JsonLeaves.of(json, 10).leaves().stream()
                        .map((Leaf leaf) -> json.substring(leaf.start(), leaf.end()))
                        .collect(Collectors.toList()))
                .containsExactly("q\\u00e9\\n", "-12", "3e5", "", "\uD83D\uDE00z");
    }

    @Test
    void knowsTheCharactersFarIntoALongText() {
        String json = "[\"" + "x".repeat(100_000) + "\",\"" + "é".repeat(50_000) + "\",7]";
        Leaf last = JsonLeaves.of(json, 10).leaves().get(2);
        assertThat(json.substring(last.start(), last.end())).isEqualTo("7");
    }

    @Test
    void stopsAtTheLimitAndAtBrokenText() {
        assertThat(JsonLeaves.of("[1,2,3]", 2).end()).isEqualTo(End.LIMIT);
        assertThat(JsonLeaves.of("[1,2,3]", 3).end()).isEqualTo(End.COMPLETE);
        assertThat(JsonLeaves.of("{\"a\":1,\"b\":", 9).end()).isEqualTo(End.BROKEN);
        assertThat(JsonLeaves.of("<html>", 9).end()).isEqualTo(End.BROKEN);
        assertThat(JsonLeaves.of("", 9).end()).isEqualTo(End.BROKEN);
    }
}
