package io.sluice.scrub.evidence;

import io.sluice.schemas.Document;

/** Makes certificates into signed documents with one tenant's evidence key. */
public final class Seal {
    private final EvidenceKey key;

    public Seal(EvidenceKey key) {
        this.key = key;
    }

    /**
     * The signed JSON document of {@code certificate}; the same certificate gives the same text.
     *
     * @throws Document.Invalid where the schema is not met
     * @throws IllegalArgumentException where it says {@code DONE} although something is left or was not read
     */
    public String document(Certificate certificate) {
        certificate.contradictions().stream().findFirst().ifPresent(contradiction -> {
            throw new IllegalArgumentException("The certificate must not be sealed. " + contradiction);
        });
        SealedDocument unsigned = SealedDocument.of(certificate, key.publicKey());
        String text = unsigned.signed(key.sign(unsigned.content())).text();
        Document.CERTIFICATE.check(text);
        return text;
    }

    /** The hash of a sealed document, by which the next certificate names it: hex SHA-256 of its canonical form. */
    public static String hash(String document) {
        return SealedDocument.read(document).hash();
    }
}
