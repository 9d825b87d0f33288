package io.sluice.scrub.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.github.luben.zstd.Zstd;
import io.sluice.redaction.IdentifierKind;
import io.sluice.tenant.TenantKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Values in what is encoded or packed as a part of something larger. */
final class EncodedAmongOthersTest {
    private static final String MAIL = "ada@example.org";
    private static final TenantKey KEY = new TenantKey(new byte[32], 1);

    private final Random random = new Random(11);
    private final ValueScan scan =
            new ValueScan(SearchPlan.of(List.of(new SearchedValue(0, IdentifierKind.EMAIL, MAIL)), KEY));

    @Test
    void aPackedFileIsSeenThroughWhereverItBegins() throws IOException {
        for (byte[] packed : List.of(gzip(bytes(chatter(300) + MAIL)), Zstd.compress(bytes(chatter(300) + MAIL)))) {
            assertSeen(joined(
                    bytes("--x\r\nContent-Disposition: form-data; filename=\"a.gz\"\r\n\r\n"),
                    packed,
                    bytes("\r\n--x--")));
            assertSeen(joined(new byte[] {1, 0, 0, 1, 44}, packed));
            String base64 = Base64.getMimeEncoder().encodeToString(packed);
            assertSeen(bytes("Content-Transfer-Encoding: base64\r\n\r\n" + base64));
            assertSeen(bytes("{\"path\":\"/v1/blob/" + Base64.getUrlEncoder().encodeToString(packed) + "\"}"));
        }
    }

    @Test
    void bytesOfChanceAreLookedAtInFull() {
        byte[] chance = new byte[1 << 20];
        for (int times = 0; times < 8; times++) {
            random.nextBytes(chance);
            for (int i = 0; i < 1_000; i++) { // signs of packed bytes, in whole or in part
                byte[] sign = {0x1f, (byte) 0x8b, 8, 0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
                int from = random.nextInt(sign.length);
                System.arraycopy(sign, from, chance, random.nextInt(chance.length - 8), sign.length - from);
            }
            assertThat(assertTimeoutPreemptively(Duration.ofSeconds(30), () -> scan.whole(chance)))
                    .isEmpty();
            assertThat(scan.isLookedAtInFull()).isTrue();
        }
    }

    @Test
    void aPackedTextIsSeenThroughWhereSomeOfItsCharactersAreEscaped() throws IOException {
        for (int kilobytes : List.of(1, 2, 5, 20)) {
            String base64 = Base64.getEncoder().encodeToString(gzip(bytes(chatter(kilobytes << 10) + MAIL)));
            assertSeen(bytes("{\"d\":\"" + base64.replace("/", "\\/") + "\"}"));
            assertSeen(bytes("d=" + base64.replace("/", "%2F").replace("+", "%2B") + "&x=1"));
            assertSeen(bytes("<d>" + base64.replace("/", "&#x2F;") + "</d>"));
        }
    }

    @Test
    void eachLineOfAListIsSeenThrough() {
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            String other = (i == 7 ? MAIL : chatter(i) + "bob@example.net");
            list.append(Base64.getEncoder().encodeToString(bytes(other))).append("\r\n");
        }
        assertSeen(bytes(list.toString()));
        assertSeen(bytes("X-User: " + Base64.getEncoder().encodeToString(bytes(MAIL)) + "\r\nReferer: /"));
    }

    @Test
    void whatIsEncodedAgainAndAgainIsSeenThroughAndHarmlessWhereItHoldsNothing() {
        String seen = MAIL;
        String harmless = "/login?next=/a b";
        String markup = "Tom & Ann";
        for (int i = 0; i < 12; i++) {
            seen = seen.replace("%", "%25").replace("@", "%40");
            harmless = "/login?next=" + harmless.replace("%", "%25").replace(" ", "%20");
            markup = markup.replace("&", "&amp;");
        }
        assertSeen(bytes(seen));
        assertSeen(bytes(markup.replace("Ann", MAIL.replace("@", "&" + "amp;".repeat(12) + "#64;"))));
        for (String text : List.of(harmless, markup, "%" + "25".repeat(100_000), "&" + "amp;".repeat(100_000))) {
            assertThat(assertTimeoutPreemptively(Duration.ofSeconds(30), () -> scan.whole(bytes(text))))
                    .isEmpty();
            assertThat(scan.isLookedAtInFull()).isTrue();
        }
    }

    @Test
    void aPatternIsSeenInPackedAndEscapedBytesThatAreNotAllText() throws IOException {
        ValueScan patterns = new ValueScan(SearchPlan.of(List.of(), KEY).and(new SearchedPattern(0, "QX-[0-9]{6}")));
        byte[] form = joined(bytes("--x\r\n\r\n"), new byte[] {0, 1, 2}, bytes("\r\n--x\r\n\r\nQX-123456\r\n--x--"));
        assertThat(patterns.whole(form)).isNotEmpty();
        assertThat(patterns.whole(gzip(form))).isNotEmpty();
        assertThat(patterns.whole(bytes("z=%00&q=QX%2D123456"))).isNotEmpty();
        assertThat(patterns.whole(bytes("{\"a\":\"\\b\",\"ref\":\"QX\\u002d123456\"}")))
                .isNotEmpty();
    }

    @Test
    void whatChanceMakesOfBytesIsNoPattern() {
        ValueScan patterns =
                new ValueScan(SearchPlan.of(List.of(), KEY).and(new SearchedPattern(0, "[!-*][0-9]{2}[!-*]")));
        byte[] chance = new byte[8 << 20];
        random.nextBytes(chance);
        assertThat(patterns.whole(bytes("{\"file\":\"" + Base64.getEncoder().encodeToString(chance) + "\"}")))
                .isEmpty();
        assertThat(patterns.whole(bytes("{\"file\":\"!47!\"}"))).isNotEmpty();
    }

    private void assertSeen(byte[] text) {
        assertThat(scan.whole(text)).isNotEmpty();
        assertThat(scan.isLookedAtInFull()).isTrue();
    }

    /** Letters that do not pack well, and a space. */
    private String chatter(int letters) {
        return random.ints(letters, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .append(' ')
                .toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
