package io.sluice.scrub.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.Document;
import io.sluice.scrub.search.Scope;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CertificatePageTest {
    private static final String HOSTILE = "<script>alert(1)</script>\"'&{{style}}$1</dd>";
    private static final String DOCUMENT = Certificates.SEAL.document(Certificates.first());

    @Test
    void saysWhatTheCertificateSays() {
        assertThat(CertificatePage.render(DOCUMENT))
                .contains(
                        "<p class=\"kicker\">Certificate of erasure</p>",
                        "<h1>req-2026-0117</h1>",
                        "<b class=\"state st-done\">done</b>",
                        "<span>73,412,004 bytes of 1,839 objects were read after the work. Places where something demanded"
                                + " still stands: 0. Objects that could not be read in full: 0.</span>",
                        "<dt>Deadline</dt><dd>2026-11-23 09:00:00 UTC</dd>",
                        "<dt>In time by</dt><dd>2 d 23 h 45 min</dd>",
                        "<tr><td>exchange</td><td class=\"number\">41</td><td class=\"number\">42</td>"
                                + "<td class=\"number\">0</td><td class=\"number\">20</td><td class=\"number\">20</td>"
                                + "<td class=\"number\">3</td></tr>",
                        "<dd>1,839 objects with 73,412,004 bytes under the tenant&#39;s root</dd>",
                        "b2".repeat(32),
                        "<dd>blank 1, find 3</dd>",
                        Certificates.KEY.fingerprint(),
                        Certificates.KEY.publicKey(),
                        Seal.hash(DOCUMENT))
                .doesNotContain("{{");
    }

    @Test
    void saysWhatIsLeftToDo() {
        Certificate first = Certificates.first();
        Certificate late = new Certificate(
                new Certificate.Request(
                        "req-1",
                        "bookshop",
                        "CCPA",
                        "redact",
                        "purge",
                        new Scope(Instant.parse("2026-05-04T00:00:00Z"), null, List.of("shop")),
                        first.request().subjects(),
                        first.request().receivedAt(),
                        first.outcome().endedAt().minusSeconds(40)),
                Certificates.outcome(Certificate.State.PARTLY_DONE, Certificates.verification(3, 1)),
                Certificates.begunBefore(),
                Optional.of("c3".repeat(32)));

        assertThat(CertificatePage.render(Certificates.SEAL.document(late)))
                .contains(
                        "Certificate of redaction",
                        "exchanges captured from 2026-05-04 00:00:00 UTC by shop, and all that was made from them",
                        "<b class=\"state st-partly-done\">done in part</b>",
                        "still stands: 3. Objects that could not be read in full: 1.",
                        "<dt>Late by</dt><dd>40 s</dd>",
                        "those that held the data are unreadable (purge)",
                        "after a run that had begun it, whose rows and cost are not counted",
                        "c3".repeat(32));
    }

    @Test
    void namesTheTablesWhoseEarlierVersionsHadToGoAllTheSame() {
        assertThat(CertificatePage.render(DOCUMENT))
                .contains(
                        "stay readable, without the data (preserve), except in tables where that could not be done: "
                                + "session_step",
                        "<dt>session_step, versions 0 to 17</dt><dd>can no longer be read</dd>");
    }

    @Test
    void saysWhatBecameOfEachEarlierVersion() {
        assertThat(CertificatePage.render(DOCUMENT))
                .contains(
                        "<dt>exchange, versions 1 to 40</dt><dd>20 blank rows in 2 files, in each of these versions</dd>",
                        "<dt>exchange, version 41</dt><dd>20 blank rows in 1 file</dd>");
    }

    @Test
    void showsMarkupAsText() {
        String page = CertificatePage.render(
                Certificates.SEAL.document(Certificates.certificate(HOSTILE, HOSTILE, Optional.empty())));

        assertThat(page)
                .contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;{{style}}$1&lt;/dd&gt;</h1>")
                .doesNotContain("<script", "alert(1)</");
    }

    @Test
    void asksTheNetworkForNothingAndAdmitsItsOwnStyleOnly() throws GeneralSecurityException {
        String page = CertificatePage.render(DOCUMENT);
        Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page);

        assertThat(style.find()).isTrue();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8));
        assertThat(page)
                .contains("default-src 'none'; style-src 'sha256-"
                        + Base64.getEncoder().encodeToString(hash) + "'; base-uri 'none'; form-action 'none'")
                .doesNotContainPattern("(src|href)=|https?://|url\\(|@import|style=\"|<script");
        assertThat(CertificatePage.render(DOCUMENT)).isEqualTo(page);
    }

    @Test
    void showsNothingElseThanCertificates() {
        assertThatThrownBy(() -> CertificatePage.render("{}")).isInstanceOf(Document.Invalid.class);
        assertThatThrownBy(() -> CertificatePage.render("no certificate")).hasMessageStartingWith("It is not JSON");
    }
}
