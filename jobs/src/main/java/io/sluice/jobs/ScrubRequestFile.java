package io.sluice.jobs;

import io.sluice.lake.TenantTables;
import io.sluice.redaction.Action;
import io.sluice.redaction.RedactionPolicy;
import io.sluice.redaction.RedactionRule;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.ScrubRequests;
import io.sluice.scrub.search.SearchPlan;
import io.sluice.tenant.DidYouMean;
import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Scrub requests as jobs take them: from a file, never from an argument, for arguments are seen by all. */
final class ScrubRequestFile {
    private static final long MOST_BYTES = 64 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ScrubRequestFile() {}

    /** Requests that can be carried out at once. */
    static ScrubRequests read(List<Path> files) {
        List<ScrubRequest> requests = files.stream().map(ScrubRequestFile::read).toList();
        try {
            return ScrubRequests.of(requests);
        } catch (ScrubRequest.Unusable e) {
            throw SluiceException.settings(
                    "Cannot carry out these " + requests.size() + " scrub requests at once",
                    String.valueOf(e.getMessage()),
                    "Give an id to each, and start a run for those that are alike in action, history, scope and expand");
        }
    }

    private static ScrubRequest read(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unusable(file, "it has more than " + MOST_BYTES + " bytes");
            }
            String text = Files.readString(file);
            return ScrubRequest.read(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (IOException e) {
            throw unusable(file, "the file cannot be read as text");
        } catch (ScrubRequest.Unusable e) {
            throw unusable(file, String.valueOf(e.getMessage()));
        }
    }

    /** All that {@code request} looks for in the lake of a tenant, whose policy must have the rules that it names. */
    static SearchPlan searchPlan(ScrubRequest request, TenantTables tables) {
        RedactionPolicy policy = request.needsPolicy() ? IngestJob.policy(tables) : RedactionPolicy.standard();
        List<String> known = policy.rules().stream().map(RedactionRule::name).toList();
        for (String rule : request.rules()) {
            if (!known.contains(rule)) {
                throw SluiceException.settings(
                        "Cannot carry out the scrub request",
                        "the redaction policy of tenant " + tables.tenant() + " has no rule " + rule,
                        "Add the rule to the policy, or name one of its rules" + DidYouMean.suggest(rule, known));
            }
        }
        policy.rules().stream()
                .filter(rule -> request.rules().contains(rule.name()) && rule.action() == Action.KEEP)
                .findFirst()
                .ifPresent(rule -> {
                    throw SluiceException.settings(
                            "Cannot carry out the scrub request",
                            "rule " + rule.name() + " keeps what it matches",
                            "Name a rule whose action is PSEUDONYM or MASK");
                });
        return request.searchPlan(tables.key(), policy);
    }

    private static SluiceException unusable(Path file, String why) {
        return SluiceException.settings(
                "Cannot use the scrub request " + file, why, "Correct the file; schemas/README.md shows its schema");
    }
}
