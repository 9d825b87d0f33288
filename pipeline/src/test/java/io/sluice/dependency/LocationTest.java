package io.sluice.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {
    private static final Response RESPONSE = Response.of(
            Map.of(
                    "location", List.of("https://shop.example/orders/o%2F7?x=1"),
                    "Set-Cookie", List.of("sid=abc; Path=/; HttpOnly", "theme=dark")),
            "{\"items\":[{\"x\":1},{\"id\":12},{\"id\":13}],\"odd name\":{\"it's\":true},\"price\":12.50,\"none\":null}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$",
                "$.a.b[0].c",
                "$.items[*].id",
                "$['odd name']['it\\'s'][*]",
                "header:Location",
                "header:Location/-1",
                "cookie:sid",
                "path:book_id",
                "query:page",
                "form:user"
            })
    void writesWhatItReads(String text) {
        assertThat(Location.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "$a", "$.", "$.a[", "$.a[x]", "$['a", "$['a'x", "body:x", "header:"})
    void refusesWhatIsNoLocation(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Location.parse(text));
    }

    @Test
    void takesTheFirstElementThatHoldsTheValue() {
        assertThat(RESPONSE.first(Location.parse("$.items[*].id"))).contains("12");
        assertThat(RESPONSE.first(Location.parse("$.items[2].id"))).contains("13");
    }

    @Test
    void takesScalarsAsText() {
        assertThat(RESPONSE.first(Location.parse("$['odd name']['it\\'s']"))).contains("true");
    }

    @Test
    void findsNothingWhereNothingStands() {
        assertThat(RESPONSE.first(Location.parse("$.none"))).isEmpty();
        assertThat(RESPONSE.first(Location.parse("$.items"))).isEmpty();
        assertThat(RESPONSE.first(Location.parse("$.items[9].id"))).isEmpty();
        assertThat(RESPONSE.first(Location.parse("header:ETag"))).isEmpty();
        assertThat(Response.of(Map.of(), "<html>").first(Location.parse("$.a"))).isEmpty();
    }

    @Test
    void takesHeadersTheirUrlSegmentsAndCookies() {
        assertThat(RESPONSE.first(Location.parse("header:Location"))).contains("https://shop.example/orders/o%2F7?x=1");
        assertThat(RESPONSE.first(Location.parse("header:Location/-1"))).contains("o/7");
        assertThat(RESPONSE.first(Location.parse("cookie:theme"))).contains("dark");
    }

    @Test
    void generalizesIndices() {
        assertThat(Location.parse("$.a[0].b[12]").generalized()).hasToString("$.a[*].b[*]");
    }
}
