package io.sluice.redaction;

/** What happens to a value that a rule matches. */
public enum Action {
    /** A keyed replacement that is the same wherever the value stands. */
    PSEUDONYM,
    /** A fixed text: nothing joins any more. */
    MASK,
    /** Left as it is, but detectors still look into it; an earlier KEEP overrules a later rule. */
    KEEP
}
