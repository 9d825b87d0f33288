package io.sluice.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private static final TenantKey KEY = new TenantKey("a key that only tests use".getBytes(StandardCharsets.UTF_8), 1);
    private static final String PLACE = "request.body";

    private final Redactor redactor = new Redactor(RedactionPolicy.standard(), KEY);

    private String json(String body) {
        return body("application/json", body);
    }

    private String body(String mediaType, String body) {
        byte[] redacted = redactor.body(body.getBytes(StandardCharsets.UTF_8), mediaType, PLACE);
        return new String(redacted, StandardCharsets.UTF_8);
    }

    private String header(String name, String value) {
        return string(redactor.header(slice(name), slice(value), "request.header"), value);
    }

    private static String jwt(String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    }

    private static JsonNode claims(String jwt) throws Exception {
        return JsonMapper.builder().build().readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
    }

    @Test
    void keepsEveryByteAroundAValue() {
        String redacted = json("{ \"n\" : 1.50,\n\t\"mail\":\"ada@example.org\" , \"n\":[1e3, \"\\u00e9\"] }");
        assertThat(redacted)
                .matches(
                        "\\{ \"n\" : 1\\.50,\n\t\"mail\":\"[a-z0-9]{10}@[a-z0-9]{8}\\.example\" , \"n\":\\[1e3, \"\\\\u00e9\"\\] }");
    }

    @Test
    void givesTheTokenOfALoginTheSamePseudonymInEveryLaterPlace() {
        String token = "b7Kq+92/zTTa41==";
        String login = json("{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\"}");
        String pseudonym = login.split("\"", -1)[3];
        assertThat(pseudonym).hasSameSizeAs(token).isNotEqualTo(token).endsWith("==");
        assertThat(login).contains("\"token_type\":\"Bearer\"");
        assertThat(header("Authorization", "Bearer " + token)).isEqualTo("Bearer " + pseudonym);
        assertThat(header("Cookie", "theme=dark; sid=b7Kq%2B92%2FzTTa41%3D%3D"))
                .endsWith("; sid="
                        + pseudonym.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"));
        assertThat(redactor.query(slice("q=1&token=b7Kq%2B92%2FzTTa41%3D%3D"), "request.query"))
                .asString()
                .isEqualTo("q=1&token="
                        + pseudonym.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D"));
        assertThat(json("{\"u\":\"https:\\/\\/x.test\\/cb?token=" + token.replace("=", "") + "&a=1\"}"))
                .doesNotContain("b7Kq");
        assertThat(header("X-Auth-Token", token)).isEqualTo(pseudonym);
    }

    @Test
    void keepsAJsonWebTokenReadableWithoutItsPerson() throws Exception {
        String token = jwt(
                "{\"sub\":\"ada@example.org\",\"name\":\"Ada L\",\"exp\":1800000000,\"role\":\"admin\",\"uid\":17}");
        String redacted = header("authorization", "Bearer " + token).substring("Bearer ".length());
        JsonNode claims = claims(redacted);
        assertThat(redacted).startsWith(token.substring(0, token.indexOf('.') + 1));
        assertThat(redacted.split("\\.", -1)[2])
                .hasSameSizeAs(token.split("\\.", -1)[2])
                .isNotEqualTo(token.split("\\.", -1)[2]);
        assertThat(claims.get("sub").asText())
                .isEqualTo(text("ada@example.org"))
                .endsWith(".example");
        assertThat(claims.get("name").asText()).hasSize(5).isNotEqualTo("Ada L");
        assertThat(claims.get("exp").asLong()).isEqualTo(1800000000);
        assertThat(claims.get("role").asText()).isEqualTo("admin");
        assertThat(claims.get("uid").isInt()).isTrue();
        assertThat(json("{\"note\":\"use " + token + ".\"}")).isEqualTo("{\"note\":\"use " + redacted + ".\"}");
    }

    @Test
    void replacesUserAndPasswordInsideBasic() {
        String credential =
                Base64.getEncoder().encodeToString("ada@example.org:s3cret".getBytes(StandardCharsets.UTF_8));
        String redacted = header("Authorization", "Basic " + credential);
        String pair = new String(Base64.getDecoder().decode(redacted.substring(6)), StandardCharsets.UTF_8);
        assertThat(pair).startsWith(text("ada@example.org") + ":").doesNotContain("s3cret");
        assertThat(json("{\"password\":\"s3cret\"}")).isEqualTo("{\"password\":\"" + pair.split(":", -1)[1] + "\"}");
    }

    private String text(String text) {
        return string(redactor.text(slice(text), "request.path"), text);
    }

    @Test
    void seesThroughEscapes() {
        String plain = json("{\"m\":\"ada@example.org\"}").split("\"", -1)[3];
        assertThat(json("{\"m\":\"ada\\u0040example.org\"}")).isEqualTo("{\"m\":\"" + plain + "\"}");
        assertThat(json("{\"m\":\"{\\\"password\\\":\\\"s3cret!\\\",\\\"n\\\":1}\"}"))
                .doesNotContain("s3cret")
                .endsWith("\\\",\\\"n\\\":1}\"}");
        assertThat(json("{\"pass\\u0077ord\":\"s3cret!\"}")).doesNotContain("s3cret");
        assertThat(text("/users/ada%40example.org/x")).isEqualTo("/users/" + plain.replace("@", "%40") + "/x");
        assertThat(text("/users/ada%2540example.org/x")).doesNotContain("example.org");
        assertThat(body("application/x-www-form-urlencoded", "a=1&mail=ada%40example.org&p%61ssword=s3cret%21&b=+"))
                .startsWith("a=1&mail=" + plain.replace("@", "%40") + "&p%61ssword=")
                .endsWith("&b=+")
                .doesNotContain("s3cret");
        assertThat(json("{\"q\":\"tel=%2B49+30+1234567&x\"}")).doesNotContain("1234567");
    }

    @Test
    void leavesBusinessValuesAlone() {
        String[] untouched = {
            "{\"order_id\":\"112-1234567-1234567\",\"at\":\"2026-11-23T10:00:00+0100\",\"ms\":1763892000000}",
            "{\"price\":\"1,234,567.89\",\"amount\":12345678901234,\"isbn\":\"978-3-16-148410-0\"}",
            "{\"id\":\"6f1c2a52-8a4e-4b5e-9c1f-3f2f6f0a1b2c\",\"sku\":\"A-4155550100\",\"v\":\"10.20.30.40\"}",
            "{\"page_size\":50,\"max_tokens\":100,\"token_type\":\"Bearer\",\"image\":\"logo@2x.png\"}",
            "{\"hex\":\"a4111111111111111\",\"f\":0.4111111111111111,\"visa_but_wrong\":4111111111111112}",
            "{\"range\":\"2026-11-23/2026-11-24\",\"phone\":\"n/a\",\"password\":null,\"token\":\"\"}"
        };
        for (String body : untouched) {
            assertThat(json(body)).isEqualTo(body);
        }
        assertThat(text("/orders/20261123-000017/items/978-3-16-148410-0"))
                .isEqualTo("/orders/20261123-000017/items/978-3-16-148410-0");
    }

    @Test
    void findsPhonesOnlyWhereTheyAreClearlyThat() {
        assertThat(json("{\"t\":\"call +49 (30) 123-4567 now\"}"))
                .matches("\\{\"t\":\"call \\+[1-9]\\d \\(\\d\\d\\) \\d{3}-\\d{4} now\"}")
                .doesNotContain("+49 (30) 123-4567");
        assertThat(json("{\"t\":\"(415) 555-0100\"}")).doesNotContain("555-0100");
        assertThat(json("{\"t\":\"415-555-0100\"}")).doesNotContain("555-0100");
        assertThat(json("{\"mobile\":\"030 1234567\"}"))
                .matches("\\{\"mobile\":\"0\\d\\d \\d{7}\"}")
                .doesNotContain("1234567");
    }

    @Test
    void keepsCardsValid() {
        String redacted = json("{\"card\":\"4111 1111 1111 1111\",\"n\":5500005555555559}");
        String digits = redacted.split("\"", -1)[3].replace(" ", "");
        byte[] number = digits.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < number.length; i++) {
            number[i] = (byte) (number[i] - '0');
        }
        assertThat(digits).hasSize(16).startsWith("4").isNotEqualTo("4111111111111111");
        assertThat(Numbers.luhn(number, 16)).isZero();
        assertThat(text("/cards/4111-1111-1111-1111").replace("-", "")).isEqualTo("/cards/" + digits);
        assertThat(redacted).doesNotContain("5500005555555559").matches(".*\"n\":5\\d{15}}");
    }

    @Test
    void coversArraysAndObjectsUnderASecretName() {
        assertThat(json("{\"refresh_tokens\":[\"aaaa1111\",\"bbbb2222\"],\"x\":\"cccc3333\"}"))
                .doesNotContain("aaaa1111")
                .doesNotContain("bbbb2222")
                .contains("cccc3333");
        assertThat(json("{\"token\":{\"value\":\"aaaa1111\",\"kind\":\"short\"}}"))
                .doesNotContain("aaaa1111")
                .contains("\"kind\":\"short\"");
        assertThat(json("{\"pin\":4711,\"cvv\":123}")).doesNotContain("4711").contains("\"cvv\":0");
    }

    @Test
    void scansTextMarkupAndMultipart() {
        assertThat(body("text/plain", "Mail ada@example.org, login at https://ada:s3cret@host.test/x?api_key=k3y12345"))
                .doesNotContain("ada")
                .doesNotContain("s3cret")
                .doesNotContain("k3y12345")
                .contains("@host.test/x?api_key=");
        assertThat(body("application/xml", "<a><Password>s3cret!</Password><u token=\"t0ken999\"/></a>"))
                .matches("<a><Password>[a-z0-9]{12}</Password><u token=\"[a-z0-9]{8}\"/></a>")
                .doesNotContain("t0ken999");
        String multipart = String.join(
                "\r\n",
                "--b1",
                "Content-Disposition: form-data; name=\"password\"",
                "",
                "s3cret",
                "--b1",
                "Content-Disposition: form-data; name=\"o\"",
                "Content-Type: application/json",
                "",
                "{\"secret\":\"hush-hush\"}",
                "--b1--",
                "");
        assertThat(body("multipart/form-data", multipart))
                .doesNotContain("s3cret")
                .doesNotContain("hush")
                .hasSize(multipart.length() + 12 - "s3cret".length());
        assertThat(body("text/plain", "log: \"password\": \"s3cret\", auth Bearer abcdef123456"))
                .doesNotContain("s3cret")
                .doesNotContain("abcdef123456");
    }

    @Test
    void leavesBinaryBodiesAlone() {
        byte[] binary = {0, 1, 2, (byte) 0xff, 'a', '@', 'b', '.', 'd', 'e', 0};
        assertThat(redactor.body(binary, "image/png", PLACE)).isSameAs(binary);
    }

    @Test
    void scansTextOfInvalidUtf8() {
        byte[] latin = "{\"n\":\"J\u00fcrgen\",\"m\":\"ada@example.org\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] redacted = redactor.body(latin, "application/json", PLACE);
        assertThat(new String(redacted, StandardCharsets.ISO_8859_1))
                .startsWith("{\"n\":\"J\u00fcrgen\",\"m\":\"")
                .doesNotContain("ada@");
    }

    @Test
    void survivesHostileNesting() {
        String deep = "[".repeat(10_000) + "{\"password\":\"s3cret!\"}" + "]".repeat(10_000);
        assertThat(json(deep)).doesNotContain("s3cret").hasSize(deep.length() + 12 - "s3cret!".length());
        assertThat(json("{\"password\":\"cut off in the mid")).doesNotContain("cut off");
    }

    @Test
    void replacesClientAddressesAlikeEverywhere() {
        String pseudonym = new String(redactor.address("192.0.2.7", "client"), StandardCharsets.UTF_8);
        assertThat(pseudonym).startsWith("2001:db8:");
        assertThat(header("X-Forwarded-For", "192.0.2.7, 198.51.100.2")).startsWith(pseudonym + ", 2001:db8:");
        assertThat(header("Forwarded", "for=192.0.2.7;proto=https")).isEqualTo("for=" + pseudonym + ";proto=https");
    }

    @Test
    void keepsTheAttributesOfACookie() {
        assertThat(header("Set-Cookie", "sid=abcDEF123; Path=/; Max-Age=3600; HttpOnly"))
                .matches("sid=[a-z]{3}[A-Z]{3}\\d{3}; Path=/; Max-Age=3600; HttpOnly")
                .doesNotContain("abcDEF123");
    }

    @Test
    void notesEachIdentifierOncePerPlace() {
        BlindIndex index = new BlindIndex(KEY);
        json("{\"a\":\"Ada@Example.org\",\"b\":\"ada@example.org\",\"password\":\"s3cret\"}");
        assertThat(redactor.findings())
                .containsExactly(new Finding(index.identify(IdentifierKind.EMAIL, "ADA@example.org"), PLACE));
        redactor.begin();
        assertThat(redactor.findings()).isEmpty();
    }

    @Test
    void findsTheSubjectInsideAToken() {
        BlindIndex index = new BlindIndex(KEY);
        header("Authorization", "Bearer " + jwt("{\"sub\":\"user-17\"}"));
        assertThat(redactor.findings())
                .contains(new Finding(index.identify(IdentifierKind.SUBJECT, "user-17"), "request.header"));
    }

    @Test
    void differsFromTenantToTenant() {
        Redactor other = new Redactor(
                RedactionPolicy.standard(),
                new TenantKey("another key of other tests".getBytes(StandardCharsets.UTF_8), 1));
        assertThat(string(other.text(slice("ada@example.org"), "x"), "")).isNotEqualTo(text("ada@example.org"));
    }

    private static Slice slice(String text) {
        return Slice.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String string(byte @Nullable [] redacted, String written) {
        return redacted == null ? written : new String(redacted, StandardCharsets.UTF_8);
    }
}
