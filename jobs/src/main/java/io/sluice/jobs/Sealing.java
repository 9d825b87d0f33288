package io.sluice.jobs;

import io.sluice.behavior.BehaviorTrainer;
import io.sluice.lake.TenantTables;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.ScrubRequests;
import io.sluice.scrub.evidence.Certificate;
import io.sluice.scrub.evidence.EvidenceKey;
import io.sluice.scrub.evidence.Seal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Signs a certificate for each request of a run, each naming the one before. */
final class Sealing {
    private final TenantTables tables;
    private final ScrubRequests requests;
    private final boolean begunBefore;
    private final EvidenceKey key;

    Sealing(TenantTables tables, ScrubRequests requests, boolean begunBefore) {
        this.tables = tables;
        this.requests = requests;
        this.begunBefore = begunBefore;
        this.key = EvidenceKey.of(tables.key());
    }

    String fingerprint() {
        return key.fingerprint();
    }

    /** Takes what was done about each request, by its place in the run, and what the whole run took. */
    List<ScrubJob.Done> seal(IntFunction<Certificate.Outcome> outcomes, Certificate.Cost cost) {
        Certificate.Origin origin = new Certificate.Origin(
                Release.VERSION,
                Map.of("verify", StorageScan.ALGORITHM, "learn", BehaviorTrainer.ALGORITHM_VERSION),
                cost,
                tables.runId(),
                requests.all().size() == 1 ? null : requests.all().size(),
                begunBefore ? true : null);
        EvidenceChain.End end = EvidenceChain.end(tables);
        long number = end.number();
        Optional<String> previous = end.hash();
        List<EvidenceChain.Link> links = new ArrayList<>();
        List<ScrubJob.Done> done = new ArrayList<>();
        for (int i = 0; i < requests.all().size(); i++) {
            ScrubRequest request = requests.all().get(i);
            Certificate certificate = new Certificate(
                    request.certified(tables.tenant().value(), tables.key()), outcomes.apply(i), origin, previous);
            String document = new Seal(key).document(certificate);
            previous = Optional.of(Seal.hash(document));
            EvidenceChain.Link link = new EvidenceChain.Link(++number, request.id(), document);
            links.add(link);
            done.add(ScrubJob.Done.of(certificate, link.file()));
        }
        EvidenceChain.add(tables, links);
        return done;
    }
}
