package io.sluice.scrub.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.schemas.Document;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void writesEveryStatementInTheOrderOfTheSchema() throws IOException {
        JsonNode document = JSON.readTree(Certificates.SEAL.document(Certificates.first()));

        assertThat(document.fieldNames()).toIterable().containsExactlyElementsOf(required());
        ObjectNode statements = document.deepCopy();
        statements.remove(List.of("publicKey", "signature"));
        assertThat(statements).isEqualTo(JSON.readTree("""
                        {
                          "formatVersion": 1, "requestId": "req-2026-0117", "tenant": "bookshop", "basis": "GDPR Art. 17",
                          "action": "erase", "history": "preserve", "subjects": ["%s", "%s"],
                          "receivedAt": "2026-11-20T09:00:00Z", "deadline": "2026-11-23T09:00:00Z",
                          "startedAt": "2026-11-20T09:12:00Z", "endedAt": "2026-11-20T09:14:31.250Z",
                          "inTime": true, "state": "DONE",
                          "tables": [
                            {"table": "exchange", "versionBefore": 41, "versionAfter": 42, "rowsFound": 20,
                             "rowsErased": 20, "rowsRedacted": 0, "objectsHeld": 3, "oldestReadableVersion": 0, "history": "preserve",
                             "versions": [
                               {"from": 1, "to": 40, "history": "preserve", "files": 2, "rows": 20},
                               {"from": 41, "to": 41, "history": "preserve", "files": 1, "rows": 20}]},
                            {"table": "session_step", "versionBefore": 17, "versionAfter": 18, "rowsFound": 20,
                             "rowsErased": 20, "rowsRedacted": 0, "objectsHeld": 1, "oldestReadableVersion": 18, "history": "purge",
                             "versions": [{"from": 0, "to": 17, "history": "purge"}]}],
                          "inventoryBefore": {"objects": 1834, "bytes": 73400320, "merkleRoot": "%s"},
                          "inventoryAfter": {"objects": 1839, "bytes": 73412004, "merkleRoot": "%s"},
                          "verification": {"objects": 1839, "bytesRead": 73412004, "hits": 0, "unreadable": 0,
                                           "algorithm": "every-encoding 1"},
                          "release": "1.4.0", "algorithmVersions": {"blank": "1", "find": "3"},
                          "cost": {"executorMillis": 48210, "bytesWritten": 3145728},
                          "runId": "scrub-20261120-0912", "previous": null
                        }
                        """.formatted(
                        "5f2c".repeat(16), "09ae".repeat(16), "a1".repeat(32), "b2".repeat(32))));
    }

    @Test
    void sealsTheSameCertificateInTheSameWay() {
        String document = Certificates.SEAL.document(Certificates.first());

        assertThat(Certificates.SEAL.document(Certificates.first())).isEqualTo(document);
        assertThat(SealedDocument.read(document).certificate()).isEqualTo(Certificates.first());
        assertThat(document).startsWith("{\n  \"formatVersion\" : 1,\n").endsWith("}\n");
    }

    @Test
    void hashesWhatIsSaidAndNotHowItIsSpaced() throws IOException {
        String document = Certificates.SEAL.document(Certificates.first());

        assertThat(Seal.hash(JSON.readTree(document).toString()))
                .isEqualTo(Seal.hash(document))
                .isEqualTo(Sha256.hex(CanonicalJson.bytes(JSON.readTree(document))));
        assertThat(Seal.hash(document.replace("GDPR Art. 17", "GDPR Art. 18"))).isNotEqualTo(Seal.hash(document));
    }

    @Test
    void sealsNoResidueAsDone() {
        for (Certificate.Verification verification :
                List.of(Certificates.verification(1, 0), Certificates.verification(0, 1))) {
            assertThatThrownBy(() -> Certificates.SEAL.document(
                            with(Certificates.outcome(Certificate.State.DONE, verification))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("It says DONE, although");
            String document =
                    Certificates.SEAL.document(with(Certificates.outcome(Certificate.State.PARTLY_DONE, verification)));
            assertThat(CertificateCheck.problems(document, Optional.of(Certificates.KEY.publicKey())))
                    .isEmpty();
        }
    }

    @Test
    void sealsNothingOutsideTheSchema() {
        assertThatThrownBy(() -> Certificates.SEAL.document(Certificates.certificate("", "", Optional.of("no hash"))))
                .isInstanceOf(Document.Invalid.class)
                .hasMessageContainingAll("$.requestId", "$.basis", "$.previous");
    }

    private static Certificate with(Certificate.Outcome outcome) {
        Certificate first = Certificates.first();
        return new Certificate(first.request(), outcome, first.origin(), first.previous());
    }

    private static List<String> required() throws IOException {
        try (var in = Document.class.getResourceAsStream(Document.CERTIFICATE.file())) {
            return JSON.readerForListOf(String.class)
                    .readValue(JSON.readTree(in).path("required"));
        }
    }
}
