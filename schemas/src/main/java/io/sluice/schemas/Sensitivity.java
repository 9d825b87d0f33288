package io.sluice.schemas;

/** What a column may reveal, which decides where its values may appear outside the data files. */
public enum Sensitivity {
    /** Says nothing about a person: the only kind allowed in log statistics, bloom filters and clustering keys. */
    NONE,
    /** A keyed replacement of an identifier: joins, but names nobody without the tenant's key. */
    PSEUDONYM,
    /** May hold a person's data that no detector recognised. */
    PERSONAL,
    /** May hold a credential that no detector recognised. */
    SECRET;

    /** Whether values of such a column may stand in transaction-log statistics. */
    public boolean mayHaveStatistics() {
        return this == NONE;
    }
}
