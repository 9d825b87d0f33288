package io.sluice.lineage;

import java.util.OptionalLong;

/** A run read or wrote an object, e.g. {@code table:exchange} at version 7; files have no version. */
public record LineageEdge(Access access, String object, OptionalLong version) {
    /** Which way the data went. */
    public enum Access {
        READ,
        WRITE
    }

    /** An edge to a table at a Delta version. */
    public static LineageEdge table(Access access, String table, long version) {
        return new LineageEdge(access, "table:" + table, OptionalLong.of(version));
    }

    /** An edge to something that has no versions, e.g. {@code landing:part-0.parquet}. */
    public static LineageEdge object(Access access, String object) {
        return new LineageEdge(access, object, OptionalLong.empty());
    }
}
