package io.sluice.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.dependency.Captured.Message;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessageValuesTest {
    private static final Captured EXCHANGE = new Captured(
            "/shops/{shop_id}/orders/o-{order}.json",
            "/shops/a%20b/orders/o-17.json",
            "page=2&q=x+y&flag",
            new Message(
                    List.of(
                            Map.entry("authorization", "Bearer abc.def"),
                            Map.entry("Cookie", "sid=s1; theme=dark"),
                            Map.entry("User-Agent", "curl"),
                            Map.entry("x-api-key", "k1")),
                    "application/json",
                    "{\"items\":[{\"id\":7},{\"id\":7},{\"id\":8}],\"gift\":true}"),
            new Message(
                    List.of(
                            Map.entry("Location", "https://host/orders/99?x=1"),
                            Map.entry("Set-Cookie", "sid=s2; Path=/"),
                            Map.entry("Date", "today")),
                    "text/html",
                    "<p>"));

    @Test
    void findsWhatTheClientSent() {
        assertThat(MessageValues.ofRequest(EXCHANGE).values())
                .extracting(value -> value.location() + "=" + value.text())
                .containsExactly(
                        "path:shop_id=a b",
                        "path:order=17",
                        "query:page=2",
                        "query:q=x y",
                        "header:Authorization=abc.def",
                        "cookie:sid=s1",
                        "cookie:theme=dark",
                        "header:X-Api-Key=k1",
                        "$.items[*].id=7",
                        "$.items[*].id=8");
    }

    @Test
    void findsWhatTheServerAnswered() {
        assertThat(MessageValues.ofResponse(EXCHANGE).values())
                .extracting(value -> value.location() + "=" + value.text())
                .containsExactly("header:Location/-2=orders", "header:Location/-1=99", "cookie:sid=s2");
    }

    @Test
    void saysWhenABodyHasMoreThanItLooksAt() {
        Message big = new Message(List.of(), "application/json", "[" + "1,".repeat(MessageValues.LEAVES) + "2]");
        Captured exchange = new Captured("/", "/", null, big, big);
        assertThat(MessageValues.ofRequest(exchange).cut()).isTrue();
        assertThat(MessageValues.ofRequest(EXCHANGE).cut()).isFalse();
    }

    @Test
    void findsFormFields() {
        Message form = new Message(List.of(), "application/x-www-form-urlencoded", "user=a%40b.example&pw=x");
        assertThat(MessageValues.ofRequest(new Captured("/", "/", null, form, form))
                        .values())
                .extracting(value -> value.location() + "=" + value.text())
                .containsExactly("form:user=a@b.example", "form:pw=x");
    }

    @Test
    void findsNoParameterWhereThePathIsAnother() {
        assertThat(PathParameters.of("/a/{b}", "/a/1/c")).isEmpty();
        assertThat(PathParameters.of("/a/x-{b}", "/a/y-1")).isEmpty();
    }
}
