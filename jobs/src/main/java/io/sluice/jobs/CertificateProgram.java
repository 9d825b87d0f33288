package io.sluice.jobs;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.scrub.evidence.CertificateCheck;
import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks certificates with nothing but the certificates, and the public key if it is at hand. */
record CertificateProgram(List<Path> certificates, Optional<Path> publicKey) implements Program {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long MOST_BYTES = 16 << 20;

    /** What the check came to; a key that was not given must be compared by its fingerprint. */
    record Verdict(boolean genuine, List<String> problems, Set<String> publicKeyFingerprints, boolean keyWasGiven) {}

    @Override
    public int run(Console console) {
        try {
            Verdict verdict = verdict();
            console.out().println(JSON.valueToTree(verdict).toPrettyString());
            return verdict.genuine() ? ExitCode.DONE : ExitCode.REFUSED;
        } catch (SluiceException e) {
            console.err().println(e.getMessage());
            return e.kind().exitCode();
        }
    }

    private Verdict verdict() {
        Optional<String> key = publicKey.map(CertificateProgram::text).map(String::strip);
        List<String> documents =
                certificates.stream().map(CertificateProgram::text).toList();
        List<String> problems = new ArrayList<>();
        Set<String> fingerprints = new LinkedHashSet<>();
        for (int i = 0; i < documents.size(); i++) {
            List<String> found = CertificateCheck.problems(documents.get(i), key);
            for (String problem : found) {
                problems.add(certificates.get(i) + ": " + problem);
            }
            if (found.isEmpty()) {
                fingerprints.add(CertificateCheck.fingerprint(documents.get(i)));
            }
        }
        if (documents.size() > 1 && problems.isEmpty()) {
            problems.addAll(CertificateCheck.chainProblems(documents));
        }
        return new Verdict(problems.isEmpty(), problems, fingerprints, key.isPresent());
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw SluiceException.settings(
                        "Cannot check " + file, "it is too large for a certificate", "Name a certificate");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw SluiceException.settings(
                    "Cannot check " + file, "the file cannot be read as text", "Name a file that can be read");
        }
    }
}
