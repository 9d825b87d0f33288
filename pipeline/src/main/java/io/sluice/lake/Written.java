package io.sluice.lake;

/** What a write did: the version it made, and the rows in it; nothing was written where an earlier try had done it. */
public record Written(long version, long rows) {}
