package io.sluice.scrub.evidence;

import io.sluice.schemas.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks certificates offline, with nothing but their text and, where it is known, the tenant's public key. */
public final class CertificateCheck {
    private CertificateCheck() {}

    /**
     * What is wrong with {@code document}, in sentences that quote nothing from it; empty where it is good.
     *
     * @param expectedPublicKey base64 of the X.509 encoding; without it, the document only proves that it is unchanged
     *     since somebody signed it, and the {@link #fingerprint} must be compared with one from another channel
     */
    public static List<String> problems(String document, Optional<String> expectedPublicKey) {
        try {
            SealedDocument sealed = SealedDocument.read(document);
            Document.CERTIFICATE.check(document);
            List<String> problems = new ArrayList<>();
            signature(document, sealed).ifPresent(problems::add);
            expectedPublicKey
                    .map(String::strip)
                    .filter(expected -> !expected.equals(sealed.publicKey().base64()))
                    .ifPresent(expected -> problems.add("It is sealed with another key than the expected one: "
                            + sealed.publicKey().fingerprint() + "."));
            Certificate certificate = sealed.certificate();
            problems.addAll(certificate.contradictions());
            if (certificate.inTime() != sealed.saysInTime()) {
                problems.add("What it says about the deadline does not follow from its times.");
            }
            return List.copyOf(problems);
        } catch (SealedDocument.Malformed e) {
            return List.of(String.valueOf(e.getMessage()));
        } catch (Document.Invalid e) {
            return List.of(e.getMessage() + ".");
        }
    }

    /**
     * What is wrong with all certificates of one tenant, the oldest first; empty where each is good by itself and names the
     * one before it. Certificates that are missing at the end leave no trace here, and keys may change on the way: pass
     * each document to {@link #problems} with the key that was the tenant's when it was sealed.
     */
    public static List<String> chainProblems(List<String> documents) {
        List<String> problems = new ArrayList<>();
        Link before = Link.NONE;
        for (int i = 0; i < documents.size(); i++) {
            String name = "Certificate " + (i + 1) + " of " + documents.size();
            problems(documents.get(i), Optional.empty()).forEach(problem -> problems.add(name + ": " + problem));
            Link link = Link.of(documents.get(i));
            if (!link.previous().equals(before.hash())) {
                problems.add(
                        i == 0
                                ? name + " is not the first: it names one before it."
                                : name + " does not follow certificate " + i + ": it names another one before it.");
            } else if (i > 0 && !link.tenant().equals(before.tenant())) {
                problems.add(name + " is about another tenant than certificate " + i + ".");
            }
            before = link;
        }
        return List.copyOf(problems);
    }

    /** Hex SHA-256 of the public key inside {@code document}, for people to compare. */
    public static String fingerprint(String document) {
        return SealedDocument.read(document).publicKey().fingerprint();
    }

    private static Optional<String> signature(String document, SealedDocument sealed) {
        if (!sealed.publicKey().verifies(sealed.content(), sealed.signature())) {
            return Optional.of("It was changed after it was sealed: the signature does not match.");
        }
        if (!sealed.isSpelledAs(document)) {
            return Optional.of("It was changed after it was sealed: the same values are spelled in another way.");
        }
        return Optional.empty();
    }

    /** What ties a certificate to its neighbors. */
    private record Link(String tenant, String previous, String hash) {
        /** Before the first certificate there is nothing. */
        private static final Link NONE = new Link("", "", "");

        private static final Link BROKEN = new Link("", "unreadable", "unreadable, so that nothing follows it");

        private static Link of(String document) {
            try {
                SealedDocument sealed = SealedDocument.read(document);
                return new Link(sealed.tenant(), sealed.previous().orElse(""), sealed.hash());
            } catch (SealedDocument.Malformed e) {
                return BROKEN;
            }
        }
    }
}
