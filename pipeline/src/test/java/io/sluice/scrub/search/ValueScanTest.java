package io.sluice.scrub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.github.luben.zstd.Zstd;
import io.sluice.redaction.IdentifierKind;
import io.sluice.redaction.RedactionPolicy;
import io.sluice.redaction.StoredRedactor;
import io.sluice.redaction.ValueTraces;
import io.sluice.tenant.TenantKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValueScanTest {
    private static final TenantKey KEY = new TenantKey(new byte[32], 1);
    private static final SearchedValue ADA = new SearchedValue(0, IdentifierKind.EMAIL, "ada@example.org");
    private static final SearchedValue PHONE = new SearchedValue(1, IdentifierKind.PHONE, "+1 202 555 0143");
    private static final SearchedValue NAME = new SearchedValue(2, null, "Zoë Ångström");
    private static final SearchedValue SECRET = new SearchedValue(3, null, "4f9d-secret");

    private final ValueScan scan = new ValueScan(SearchPlan.of(List.of(ADA, PHONE, NAME, SECRET), KEY));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada@example.org",
                "{\"mail\":\"ADA@Example.org\"}",
                "/users/ada%40example.org/books",
                "/users/%61da%2540example%252Eorg",
                "mailto=ada@example.org&x=1",
                "{\"mail\":\"\\u0061da\\u0040example.org\"}",
                "{\"inner\":\"{\\\"mail\\\":\\\"ada@example.org\\\"}\"}",
                "to: ada+news@example.org",
                "to=ada%2Bnews%40example.org",
                "<a href=\"mailto:&#97;da&#64;example.org\">",
                "&#97;&#x64;&#X61;&#0064example&period;org",
                "ada&commat;example.org",
                "{\"html\":\"ada\\u0026#64;example.org\"}",
                "ada&amp;#64;example.org"
            })
    void aMailAddressIsSeenHoweverItIsWritten(String text) {
        assertThat(selectors(text)).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eda@example.org",
                "ada@example.com",
                "ana+da@example.org",
                "adaexample.org",
                "fada@example.org",
                "f.ada@example.org",
                "ada@example.organ",
                "f.ada+news@example.org"
            })
    void anotherAddressIsNotTakenForIt(String text) {
        assertThat(selectors(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+12025550143",
                "12025550143",
                "(202) 555-0143 ext 1, +1 (202) 555-0143",
                "1.202.555.0143",
                "+1\u00a0202\u00a0555\u00a00143",
                "{\"tel\":\"+1\u202f202\u2009555\u20110143\"}",
                "1 \u2013 202 \u2013 555\u20130143",
                "tel=%2B1+202+555+0143"
            })
    void aPhoneNumberIsSeenWhateverStandsBetweenItsDigits(String text) {
        assertThat(selectors(text)).containsExactly(1);
    }

    @Test
    void aNameIsSeenInAnyCaseAndNormalForm() {
        for (Normalizer.Form form : List.of(Normalizer.Form.NFC, Normalizer.Form.NFD)) {
            String name = Normalizer.normalize("Zoë Ångström", form);
            assertThat(selectors("by " + name)).containsExactly(2);
            assertThat(selectors("by " + name.toUpperCase(Locale.ROOT))).containsExactly(2);
            assertThat(selectors("by zoë Ångström")).containsExactly(2);
            assertThat(selectors("by Zoë ångström")).containsExactly(2);
            assertThat(selectors("q=" + URLEncoder.encode(name, StandardCharsets.UTF_8)))
                    .containsExactly(2);
        }
        assertThat(scan.whole("Zoë Ångström".getBytes(StandardCharsets.UTF_16LE)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<b>Zo&euml; &Aring;ngstr&ouml;m</b>",
                "ZO&EUML;&nbsp;&#197;NGSTRÖM",
                "Zoe&#776; &#xC5;ngstr&#246;m",
            })
    void aNameIsSeenByItsCharacterReferences(String text) {
        assertThat(selectors(text)).containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<td>O&#39;Brien &amp; Sons</td>",
                "O&apos;Brien &AMP; Sons",
                "O&amp;#x27;Brien%20%26amp;%20Sons",
            })
    void marksThatMeanSomethingInMarkupAreSeenAsTheyAreWrittenThere(String text) {
        ValueScan sons = new ValueScan(SearchPlan.of(List.of(new SearchedValue(0, null, "O'Brien & Sons")), KEY));
        assertThat(sons.whole(bytes(text))).isNotEmpty();
        assertThat(sons.whole(bytes("O&#39;Brien & Sins &#99999999;&#xFFFFFFFF;&#xD800;&#0;&#;&x;&unknown;&#x;&")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see ACME-123456.",
                "id%3DACME%2D123456",
                "{\"ref\":\"ACME\\u002d123456\"}",
                "data:text/plain;base64,UmVmIEFDTUUtMTIzNDU2",
                "ref 52656620 41434d452d313233343536"
            })
    void aPatternIsMatchedHoweverTheTextIsEncoded(String text) {
        ValueScan patterns = new ValueScan(SearchPlan.of(List.of(), KEY).and(new SearchedPattern(0, "ACME-[0-9]{6}")));
        assertThat(patterns.whole(bytes(text))).extracting(Sighting::form).containsExactly(Form.PATTERN);
        assertThat(patterns.whole(bytes("ACME-12345x"))).isEmpty();
    }

    @Test
    void aPatternIsMatchedBehindBytesThatAreNoText() {
        ValueScan patterns =
                new ValueScan(SearchPlan.of(List.of(), KEY).and(new SearchedPattern(0, "[A-Z]{2}[0-9]{5}")));
        assertThat(patterns.whole("Ren\u00e9AB12345".getBytes(StandardCharsets.ISO_8859_1)))
                .isNotEmpty();
    }

    @Test
    void aFieldIsFoundHoweverDeepAndLongTheRestIs() {
        String deep = "{\"x\":" + "[".repeat(2_000) + "]".repeat(2_000) + ",\"n\":" + "1".repeat(2_000)
                + ",\"customer\":{\"id\":4711}}";
        assertThat(fields("$.customer.id", "4711", deep)).isNotEmpty();
        assertThat(fields("$.customer.id", "4711", "\uFEFF" + deep)).isNotEmpty();
    }

    @Test
    void whatStandsInDamagedPackedBytesBeforeTheDamageIsSeen() throws IOException {
        byte[] packed = deflated(bytes("x".repeat(300) + " ada@example.org " + "y".repeat(3_000)), false);
        packed[packed.length - 1] ^= 1;
        assertThat(scan.whole(packed)).extracting(Sighting::selector).contains(0);
    }

    @Test
    void aValueWithControlCharactersIsSeenEscapedInPart() {
        ValueScan controls = new ValueScan(SearchPlan.of(List.of(new SearchedValue(0, null, "ab\u0001c d")), KEY));
        assertThat(controls.whole(bytes("ab\u0001c%20d"))).isNotEmpty();
    }

    @Test
    void aPatternThatTakesForeverElsewhereTakesNoTime() {
        ValueScan patterns = new ValueScan(SearchPlan.of(List.of(), KEY).and(new SearchedPattern(0, "(a+)+(b+)+c")));
        assertThat(patterns.whole(bytes("a".repeat(20_000) + "b".repeat(20_000))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"customer\":{\"name\":\"Ada L.\"}}",
                " [] {\"id\":1}\n{\"customer\":{\"id\":2,\"name\":\"Ada\\u0020L.\"}}",
                "{\"payload\":\"{\\\"customer\\\":{\\\"name\\\":\\\"Ada L.\\\"}}\"}",
                "{\"payload\":\"%7B%22customer%22%3A%7B%22name%22:%22Ada%20L.%22%7D%7D\"}",
                "{\"payload\":\"%7B%22customer%22:+%7B%22name%22:+%22Ada+L.%22%7D%7D\"}",
                "{\"payload\":\"&#123;&quot;customer&quot;:{&quot;name&quot;:&quot;Ada L.&quot;}}\"}"
            })
    void aFieldIsFoundByItsPathAndWhatItHolds(String text) {
        assertThat(fields("$.customer.name", "Ada L.", text)).isNotEmpty();
        assertThat(fields("$['customer'].*", "Ada L.", text)).isNotEmpty();
        assertThat(fields("$.customer", null, text)).isNotEmpty();
        assertThat(fields("$.customer.name", "Ada M.", text)).isEmpty();
        assertThat(fields("$.name", "Ada L.", text)).isEmpty();
        assertThat(fields("$.customer.name.first", null, text)).isEmpty();
    }

    @Test
    void stringsWithinStringsTakeNoTimeHoweverManyThereAre() {
        String text = "[\"%5B&#65\"]";
        for (int i = 0; i < 200; i++) {
            text = "[\"" + text.replace("\\", "\\u005c").replace("\"", "\\u0022") + "\"]";
        }
        String nested = text;
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> assertThat(fields("$.customer.name", null, nested)).isEmpty());
    }

    @Test
    void nothingBehindATextCountsAsItsEnd() {
        byte[] text = bytes("[\"" + "a".repeat(20_000));
        byte[] both = bytes(new String(text, StandardCharsets.UTF_8) + "\"]{\"customer\":{\"name\":\"Ada L.\"}}");
        byte[] late = new byte[text.length + both.length];
        System.arraycopy(both, 0, late, text.length, both.length);
        FieldSearch search = new FieldSearch(
                List.of(SearchedField.any(0, JsonPath.of("$.customer.name").orElseThrow())));
        search.search(late, text.length, 2 * text.length, found -> Assertions.fail("found behind its end"));
    }

    @Test
    void anEntryOfAListIsFoundByItsPlaceOrInAnyPlace() {
        String text = "{\"items\":[{\"id\":7},{\"id\":true}],\"broken\":";
        assertThat(fields("$.items[1].id", "true", text)).isNotEmpty();
        assertThat(fields("$.items[*].id", "7", text)).isNotEmpty();
        assertThat(fields("$.items[0].id", "true", text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            $.user.pin        | {"user":{"pin":"1234"}}
            $.user.pin        | {"user":{"pin":1234}}
            $.session[*].id   | {"session":[{"id":"1234"}]}
            $.list[3].api-key | {"list":[0,1,2,{"api-key":"1234"}]}
            """)
    void aFieldIsFoundByWhatRedactionWroteThere(String path, String text) {
        byte[] redacted = new StoredRedactor(RedactionPolicy.standard(), KEY).body(bytes(text), "application/json");
        assertThat(redacted).isNotEqualTo(bytes(text));
        assertThat(fields(path, "1234", new String(redacted, StandardCharsets.UTF_8)))
                .isNotEmpty();
    }

    @Test
    void aShortValueThatRedactionLeavesAloneIsNotTakenForThePseudonymOfAnother() {
        JsonPath path = JsonPath.of("$.books[1].id").orElseThrow();
        for (String value : List.of("122", "1.5e3", "x}\"", "Ada L", "true", "")) {
            assertThat(SearchedField.holding(0, path, value, RedactionPolicy.standard(), KEY)
                            .replacements())
                    .filteredOn(text -> text.length() < 8 && !text.equals(value))
                    .isEmpty();
        }
        SearchedField pin =
                SearchedField.holding(0, JsonPath.of("$.pin").orElseThrow(), "1234", RedactionPolicy.standard(), KEY);
        assertThat(pin.replacements()).isNotEmpty();
        assertThat(pin.landed().replacements()).as("before redaction").isEmpty();
        assertThat(fields("$.cvv", "123", "{\"cvv\":\"***\"}"))
                .as("masks tell nothing")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "$", "customer", "$.", "$..name", "$.a b", "$[x]", "$.a[", "$.a['']", "x$.a"})
    void whatIsNoPathIsToldApart(String text) {
        assertThat(JsonPath.of(text)).isEmpty();
    }

    private static Set<Sighting> fields(String path, @Nullable String holds, String text) {
        JsonPath place = JsonPath.of(path).orElseThrow();
        SearchedField field = holds == null
                ? SearchedField.any(0, place)
                : SearchedField.holding(0, place, holds, RedactionPolicy.standard(), KEY);
        return new ValueScan(SearchPlan.of(List.of(), KEY).and(field)).whole(bytes(text));
    }

    @Test
    void base64IsSeenThroughAtEveryAlignmentAndInBothAlphabets() {
        for (int before = 0; before < 8; before++) {
            byte[] bytes = bytes("?".repeat(before) + "ADA@example.ORG" + "~".repeat(before));
            for (Base64.Encoder encoder : List.of(
                    Base64.getEncoder(),
                    Base64.getUrlEncoder().withoutPadding(),
                    Base64.getMimeEncoder(8, bytes("\r\n")))) {
                assertThat(selectors(encoder.encodeToString(bytes))).containsExactly(0);
                assertThat(selectors("/a/" + encoder.encodeToString(bytes))).containsExactly(0);
            }
        }
    }

    @Test
    void base64IsSeenThroughBehindLineBreaksAndAcrossThem() {
        String encoded = Base64.getEncoder().encodeToString(bytes("ada@example.org"));
        for (String before : List.of("", "\r\n", "Note:\r\na/", "\n\nab/", "abc/", "\na")) {
            assertThat(selectors(before + encoded)).as(before).containsExactly(0);
            assertThat(selectors(before + encoded.substring(0, 9) + "\r\n" + encoded.substring(9)))
                    .containsExactly(0);
        }
        assertThat(selectors("{\"a\":\"" + encoded.substring(0, 9) + "\\n" + encoded.substring(9) + "\"}"))
                .containsExactly(0);
    }

    @Test
    void digestsAreSeenAsHexAndAsBase64() throws NoSuchAlgorithmException {
        for (String algorithm : List.of("MD5", "SHA-1", "SHA-256")) {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(bytes("ada@example.org"));
            assertThat(selectors(HexFormat.of().formatHex(digest))).containsExactly(0);
            assertThat(selectors(HexFormat.of().withUpperCase().formatHex(digest)))
                    .containsExactly(0);
            assertThat(selectors("x" + Base64.getEncoder().encodeToString(digest)))
                    .containsExactly(0);
        }
    }

    @Test
    void compressedBodiesAreSeenThrough() throws IOException {
        byte[] body = bytes("{\"mail\":\"ada@example.org\",\"filler\":\"" + "abc ".repeat(100) + "\"}");
        List<byte[]> packed = List.of(
                gzip(body),
                deflated(body, false),
                deflated(body, true),
                Zstd.compress(body),
                HexFormat.of()
                        .parseHex(
                                "0b0780" + HexFormat.of().formatHex(bytes("ada@example.org")) + "03"), // brotli, stored
                gzip(gzip(body)),
                bytes("SAMLRequest=" + Base64.getEncoder().encodeToString(deflated(body, true))),
                bytes("data:;base64," + Base64.getEncoder().encodeToString(gzip(body))));
        for (byte[] bytes : packed) {
            assertThat(scan.whole(bytes)).extracting(Sighting::selector).contains(0);
        }
    }

    @Test
    void theClaimsOfATokenAreSeen() {
        String claims = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bytes("{\"sub\":\"u1\",\"email\":\"ada@example.org\",\"iat\":1}"));
        assertThat(selectors("Bearer eyJhbGciOiJIUzI1NiJ9." + claims + ".c2lnbmF0dXJl"))
                .containsExactly(0);
    }

    @Test
    void whatRedactionLeavesIsSeen() {
        ValueTraces traces = new ValueTraces(KEY);
        for (SearchedValue value : List.of(ADA, PHONE, SECRET)) {
            traces.pseudonyms(value.kind(), value.text())
                    .forEach(
                            pseudonym -> assertThat(selectors("x " + pseudonym)).contains(value.selector()));
            traces.indexHashes(value.kind(), value.text())
                    .forEach(hash -> assertThat(selectors(hash)).contains(value.selector()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "atjdkvcphiagghykkqgugpbeprwmhcbozcwfllgkdeqfjdvgltvpbfgtgapfhhacgpjsdlelwpnrqcuqzrjvteevveme",
                "uxehoiydfdumxlsnhloggtqgwntnbbbtviharbmqdhggxayngwhkrrpandllvuvttsprwrezleotkijhzdhmyttxianpjo"
            })
    void lettersThatChanceMakesManyEncodingsOfAreLookedAtInFull(String text) {
        assertThat(scan.whole(bytes(text))).isEmpty();
        assertThat(scan.isLookedAtInFull()).isTrue();
    }

    @Test
    void randomBytesHoldNothing() {
        Random random = new Random(7);
        byte[] bytes = new byte[1 << 20];
        random.nextBytes(bytes);
        assertThat(scan.whole(bytes)).isEmpty();
        assertThat(scan.whole(Base64.getEncoder().encode(bytes))).isEmpty();
    }

    @Test
    void aValueInAnyPlaceOfNoiseIsSeenThroughTwoRandomEncodings() throws IOException {
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            text.write(noise);
            text.write(bytes("4F9D-secret"));
            text.write(noise);
            byte[] encoded = encode(encode(text.toByteArray(), random), random);
            assertThat(scan.whole(encoded))
                    .as("case %d", i)
                    .extracting(Sighting::selector)
                    .contains(3);
        }
    }

    private static byte[] encode(byte[] bytes, Random random) throws IOException {
        return switch (random.nextInt(6)) {
            case 0 -> bytes("/" + Base64.getEncoder().encodeToString(bytes) + "\"");
            case 1 -> bytes("a=" + Base64.getUrlEncoder().encodeToString(bytes) + "&b");
            case 2 -> bytes("%zz " + HexFormat.of().formatHex(bytes) + " end");
            case 3 -> gzip(bytes);
            case 4 -> bytes(HexFormat.ofDelimiter("").withPrefix("%").formatHex(bytes));
            default -> Zstd.compress(bytes);
        };
    }

    private List<Integer> selectors(String text) {
        return scan.whole(bytes(text)).stream()
                .map(Sighting::selector)
                .distinct()
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] deflated(byte[] bytes, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (OutputStream deflate = new DeflaterOutputStream(out, deflater)) {
            deflate.write(bytes);
        } finally {
            deflater.end();
        }
        return out.toByteArray();
    }
}
