package io.sluice.scrub.evidence;

import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Certificates of an invented bookshop. */
final class Certificates {
    static final EvidenceKey KEY =
            EvidenceKey.of(new TenantKey("the key of a bookshop".getBytes(StandardCharsets.US_ASCII), 1));
    static final Seal SEAL = new Seal(KEY);

    private static final List<Certificate.VersionChange> BLANK =
            List.of(Certificate.VersionChange.blank(1, 40, 2, 20), Certificate.VersionChange.blank(41, 41, 1, 20));
    private static final List<Certificate.VersionChange> GONE = List.of(Certificate.VersionChange.unreadable(0, 17));

    /** Sealed, with characters whose escapes can be written in several ways, and some outside of ASCII. */
    static final String AWKWARD = SEAL.document(
            certificate("req-2026-0117", "GDPR \"Art. 17\" \\ \u001f / ü \ud83d\ude00", Optional.of("c3".repeat(32))));

    private Certificates() {}

    static Certificate first() {
        return certificate("req-2026-0117", "GDPR Art. 17", Optional.empty());
    }

    static Certificate certificate(String requestId, String basis, Optional<String> previous) {
        Certificate.Request request = new Certificate.Request(
                requestId,
                "bookshop",
                basis,
                "erase",
                "preserve",
                null,
                List.of("5f2c".repeat(16), "09ae".repeat(16)),
                Instant.parse("2026-11-20T09:00:00Z"),
                Instant.parse("2026-11-23T09:00:00Z"));
        return new Certificate(request, outcome(Certificate.State.DONE, verification(0, 0)), origin(null), previous);
    }

    static Certificate.Outcome outcome(Certificate.State state, Certificate.Verification verification) {
        return new Certificate.Outcome(
                Instant.parse("2026-11-20T09:12:00Z"),
                Instant.parse("2026-11-20T09:14:31.250Z"),
                state,
                List.of(
                        new Certificate.TableChange("exchange", 41, 42, 20, 20, 0, 3, 0, "preserve", BLANK),
                        new Certificate.TableChange("session_step", 17, 18, 20, 20, 0, 1, 18, "purge", GONE)),
                new Certificate.Inventory(1834, 73_400_320, "a1".repeat(32)),
                new Certificate.Inventory(1839, 73_412_004, "b2".repeat(32)),
                verification);
    }

    static Certificate.Verification verification(long hits, long unreadable) {
        return new Certificate.Verification(1839, 73_412_004, hits, unreadable, "every-encoding 1");
    }

    /** As many certificates, each of which names the one before it. */
    static List<String> chain(int length) {
        List<String> chain = new ArrayList<>();
        Optional<String> previous = Optional.empty();
        for (int i = 1; i <= length; i++) {
            chain.add(SEAL.document(certificate("req-" + i, "GDPR Art. 17", previous)));
            previous = Optional.of(Seal.hash(chain.get(i - 1)));
        }
        return List.copyOf(chain);
    }

    static Certificate.Origin begunBefore() {
        return origin(true);
    }

    private static Certificate.Origin origin(@Nullable Boolean begunBefore) {
        return new Certificate.Origin(
                "1.4.0",
                Map.of("find", "3", "blank", "1"),
                new Certificate.Cost(48_210, 3_145_728),
                "scrub-20261120-0912",
                null,
                begunBefore);
    }
}
