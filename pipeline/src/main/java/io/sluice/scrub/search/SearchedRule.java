package io.sluice.scrub.search;

import io.sluice.redaction.RedactionPolicy;
import io.sluice.redaction.StoredRedactor;
import io.sluice.tenant.TenantKey;
import java.io.Serializable;

/**
 * A redaction rule that is looked for in exchanges which were written before it was there.
 *
 * @param selector the number of the selector that asks for it, from 0
 * @param name that of the rule
 * @param policy the document of a policy with this rule
 * @param version that of this policy, which is another when the rule is
 * @param appliedBy the version of the policy that applies it to what it writes
 */
public record SearchedRule(int selector, String name, String policy, String version, String appliedBy, TenantKey key)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Rule {@code name} of {@code policy}, which has it. */
    public static SearchedRule of(int selector, String name, RedactionPolicy policy, TenantKey key) {
        RedactionPolicy only = policy.only(name).orElseThrow();
        return new SearchedRule(selector, name, only.write(), only.version(), policy.version(), key);
    }

    /** What {@code flags} says of an exchange to which it was applied later. */
    public String flag() {
        return "rule " + version + ": " + name;
    }

    /** Applies it; the answer serves one thread. */
    public StoredRedactor redactor() {
        return new StoredRedactor(RedactionPolicy.read(policy), key);
    }

    @Override
    public String toString() {
        return "rule of selector " + selector;
    }
}
