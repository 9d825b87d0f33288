package io.sluice.scrub.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sluice.redaction.IdentifierKind;
import io.sluice.tenant.TenantKey;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaskingTest {
    private static final SearchPlan PLAN = SearchPlan.of(
                    List.of(
                            new SearchedValue(0, IdentifierKind.EMAIL, "ada@example.org"),
                            new SearchedValue(1, IdentifierKind.PHONE, "+1 202 555 0143"),
                            new SearchedValue(2, null, "Zoë Ångström")),
                    new TenantKey(new byte[32], 1))
            .and(new SearchedPattern(3, "ACME-[0-9]{6}"))
            .and(SearchedField.any(4, JsonPath.of("$.customer.ref").orElseThrow()));

    private final Masking masking = new Masking(PLAN);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    mail ada@example.org and bob@example.org | mail *** and bob@example.org
                    ADA@Example.org                          | ***
                    to ada+news@example.org now              | to *** now
                    joann@example.org, xada@example.org      | joann@example.org, xada@example.org
                    /users/ada%40example.org/a%20b?x=1       | /users/***/a%20b?x=1
                    /users/x%20ada%40example.org/a%20b       | /users/x%20***/a%20b
                    call +1 (202) 555-0143 at noon           | call *** at noon
                    call 1 – 202 – 555–0143 … at noon – or 5 | call *** … at noon – or 5
                    call +1 202 555 0144                     | call +1 202 555 0144
                    from zoë ångström, with love             | from ***, with love
                    no. ACME-123456 of ACME-12345            | no. *** of ACME-12345
                    """)
    void asLittleAsCanBeToldApartIsMasked(String text, String masked) {
        assertThat(masked(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    { "a" : "ada@example.org","b":[1, 2.50 ,null] } | { "a" : "***","b":[1, 2.50 ,null] }
                    {"\\u0061da@example.org":"x\\ny\\t\\u00e4"}     | {"***":"x\\ny\\t\\u00e4"}
                    {"phone":12025550143,"other":12025550144}       | {"phone":0,"other":12025550144}
                    {"in":"{\\"m\\":\\"ada@example.org\\"}","n":1}  | {"in":"{\\"m\\":\\"***\\"}","n":1}
                    {"customer":{"ref":{"a":[1,2]},"name":"Bo"}}    | {"customer":{"ref":"***","name":"Bo"}}
                    {"n":"%7B%22customer%22%3A%7B%22ref%22%3A7%7D%7D"} | {"n":"%7B%22customer%22%3A%7B%22ref%22%3A%22***%22%7D%7D"}
                    {"customer":{"ref":true}, "ref": 7}             | {"customer":{"ref":"***"}, "ref": 7}
                    [{"a":"ada@example.org"}] {"b":"ACME-000000"}   | [{"a":"***"}] {"b":"***"}
                    {"a":"ada@example.org","b":"cut o               | {"a":"***","b":"cut o
                    """)
    void inJsonEverythingElseKeepsItsBytes(String text, String masked) {
        assertThat(masked(text.replace("\\\\", "\\"))).isEqualTo(masked.replace("\\\\", "\\"));
    }

    @Test
    void whatIsEncodedIsEncodedAgain() {
        String inside = "{\"sub\":\"ada@example.org\",\"role\":\"reader\"}";
        String clean = "{\"sub\":\"***\",\"role\":\"reader\"}";
        String header = url("{\"alg\":\"HS256\"}");
        assertThat(masked("Bearer " + header + "." + url(inside) + ".c2lnbmF0dXJl"))
                .isEqualTo("Bearer " + header + "." + url(clean) + ".c2lnbmF0dXJl");
        assertThat(masked(Base64.getEncoder().encodeToString(inside.getBytes(UTF_8))))
                .isEqualTo(Base64.getEncoder().encodeToString(clean.getBytes(UTF_8)));
        assertThat(masked("x=" + HexFormat.of().formatHex(inside.getBytes(UTF_8)) + "&y=2"))
                .isEqualTo("x=" + HexFormat.of().formatHex(clean.getBytes(UTF_8)) + "&y=2");
    }

    @Test
    void inMarkupAsLittleIsMaskedAsStandsBetweenTagsOrQuotes() {
        assertThat(
                        masked(
                                "<p title='a &amp; b'>Ask <a href=\"mailto:ada&#64;example.org\">ada&#x40;example.org</a> now</p>"))
                .isEqualTo("<p title='a &amp; b'>Ask <a href=\"***\">***</a> now</p>");
    }

    @Test
    void whatCannotBeToldApartIsMaskedAsAWhole() {
        byte[] utf16 = "mail ada@example.org".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        assertThat(new String(masking.of(utf16), UTF_8)).isEqualTo("***");
    }

    @Test
    void whatIsEncodedManyTimesTakesNoLongerThanItMust() {
        String nested = Stream.iterate("ada@example.org", MaskingTest::base64)
                .skip(7)
                .findFirst()
                .orElseThrow();
        String words = (nested + " other ").repeat(20);
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(masked(words)).doesNotContain(nested).contains("other"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void whatHoldsNoValueIsTheVeryArray() {
        byte[] text = "{\"a\":\"bob@example.org\"}".getBytes(UTF_8);
        assertThat(masking.of(text)).isSameAs(text);
    }

    private static String url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private String masked(String text) {
        return new String(masking.of(text.getBytes(UTF_8)), UTF_8);
    }
}
