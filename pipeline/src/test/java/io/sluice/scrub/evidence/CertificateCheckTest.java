package io.sluice.scrub.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.tenant.TenantKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateCheckTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Optional<String> KEY = Optional.of(Certificates.KEY.publicKey());
    private static final String GOOD = Certificates.AWKWARD;
    private static final EvidenceKey STRANGER =
            EvidenceKey.of(new TenantKey("the key of a stranger".getBytes(StandardCharsets.US_ASCII), 1));

    @Test
    void findsNothingWrongWithWhatWasSealed() {
        assertThat(CertificateCheck.problems(GOOD, KEY)).isEmpty();
        assertThat(CertificateCheck.problems(GOOD, Optional.empty())).isEmpty();
        assertThat(CertificateCheck.problems(GOOD, KEY.map(key -> key + "\n"))).isEmpty();
        assertThat(CertificateCheck.fingerprint(GOOD)).isEqualTo(Certificates.KEY.fingerprint());
    }

    @Test
    void allowsOtherSpaceAndAnotherOrder() throws IOException {
        ObjectNode tree = (ObjectNode) JSON.readTree(GOOD);
        ObjectNode turned = JSON.createObjectNode();
        List<String> names = new ArrayList<>();
        tree.fieldNames().forEachRemaining(name -> names.add(0, name));
        names.forEach(name -> turned.set(name, tree.get(name)));

        assertThat(CertificateCheck.problems(turned.toString(), KEY)).isEmpty();
        assertThat(CertificateCheck.problems("\r\n\t" + turned.toPrettyString(), KEY))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoCertificateAtAll() {
        assertThat(CertificateCheck.problems("", KEY)).containsExactly("It is not a JSON object.");
        assertThat(CertificateCheck.problems("[]", KEY)).containsExactly("It is not a JSON object.");
        assertThat(CertificateCheck.problems("[".repeat(100_000), KEY)).hasSize(1);
        assertThat(CertificateCheck.problems("<script>", KEY))
                .containsExactly("It is not JSON in which every key stands once: see line 1, column 1.");
    }

    @Test
    void saysWhoseKeySealedItWhereAnotherWasExpected() {
        assertThat(CertificateCheck.problems(GOOD, Optional.of(STRANGER.publicKey())))
                .containsExactly(
                        "It is sealed with another key than the expected one: " + Certificates.KEY.fingerprint() + ".");
        String forged = new Seal(STRANGER).document(SealedDocument.read(GOOD).certificate());
        assertThat(CertificateCheck.problems(forged, KEY)).hasSize(1);
        assertThat(CertificateCheck.problems(forged.replace(STRANGER.publicKey(), Certificates.KEY.publicKey()), KEY))
                .containsExactly("It was changed after it was sealed: the signature does not match.");
    }

    @Test
    void refusesWhatEvenTheOwnerOfTheKeyMustNotSay() {
        assertThat(CertificateCheck.problems(resealed("\"hits\" : 0", "\"hits\" : 2"), KEY))
                .containsExactly("It says DONE, although the verification still found what had to go.");
        assertThat(CertificateCheck.problems(resealed("\"unreadable\" : 0", "\"unreadable\" : 2"), KEY))
                .containsExactly("It says DONE, although the verification could not read everything.");
        assertThat(CertificateCheck.problems(resealed("\"inTime\" : true", "\"inTime\" : false"), KEY))
                .containsExactly("What it says about the deadline does not follow from its times.");
        assertThat(CertificateCheck.problems(resealed("2026-11-23T", "2026-11-31T"), KEY))
                .containsExactly("It names a time that is not in the calendar.");
        assertThat(CertificateCheck.problems(resealed("\"hits\" : 0", "\"hits\" : 0.0"), KEY))
                .singleElement()
                .asString()
                .contains("no canonical form");
    }

    @Test
    void followsAChainFromItsFirstCertificateOn() {
        List<String> chain = Certificates.chain(4);

        assertThat(CertificateCheck.chainProblems(chain)).isEmpty();
        assertThat(CertificateCheck.chainProblems(List.of())).isEmpty();
        assertThat(CertificateCheck.chainProblems(chain.subList(1, 4)))
                .containsExactly("Certificate 1 of 3 is not the first: it names one before it.");
    }

    @Test
    void saysWhereALinkIsMissingOrSwapped() {
        List<String> chain = Certificates.chain(4);

        assertThat(CertificateCheck.chainProblems(List.of(chain.get(0), chain.get(2), chain.get(3))))
                .containsExactly("Certificate 2 of 3 does not follow certificate 1: it names another one before it.");
        assertThat(CertificateCheck.chainProblems(List.of(chain.get(0), chain.get(2), chain.get(1), chain.get(3))))
                .containsExactly(
                        "Certificate 2 of 4 does not follow certificate 1: it names another one before it.",
                        "Certificate 3 of 4 does not follow certificate 2: it names another one before it.",
                        "Certificate 4 of 4 does not follow certificate 3: it names another one before it.");
        assertThat(CertificateCheck.chainProblems(List.of(chain.get(0), chain.get(0))))
                .containsExactly("Certificate 2 of 2 does not follow certificate 1: it names another one before it.");
    }

    @Test
    void saysWhereALinkWasAltered() {
        List<String> chain = Certificates.chain(3);
        String altered = chain.get(1).replace("\"rowsErased\" : 20", "\"rowsErased\" : 21");

        assertThat(CertificateCheck.chainProblems(List.of(chain.get(0), altered, chain.get(2))))
                .containsExactly(
                        "Certificate 2 of 3: It was changed after it was sealed: the signature does not match.",
                        "Certificate 3 of 3 does not follow certificate 2: it names another one before it.");
        assertThat(CertificateCheck.chainProblems(List.of(chain.get(0), "{", chain.get(2))))
                .hasSize(3)
                .element(2)
                .isEqualTo("Certificate 3 of 3 does not follow certificate 2: it names another one before it.");
        assertThat(CertificateCheck.chainProblems(List.of("{", chain.get(0)))).hasSize(3);
    }

    /** A well-sealed certificate that other software could have made with the tenant's key. */
    private static String resealed(String statement, String other) {
        SealedDocument changed = SealedDocument.read(GOOD.replace(statement, other));
        ObjectNode content = changed.tree().deepCopy();
        content.remove("signature");
        try {
            return changed.signed(Certificates.KEY.sign(CanonicalJson.bytes(content)))
                    .text();
        } catch (IllegalArgumentException e) {
            return changed.text();
        }
    }
}
