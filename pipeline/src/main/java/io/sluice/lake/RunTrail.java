package io.sluice.lake;

import io.sluice.lineage.CommitNote;
import io.sluice.lineage.LineageEdge;
import io.sluice.lineage.LineageEdge.Access;
import io.sluice.lineage.Run;
import io.sluice.schemas.TableSpec;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** What one run has read and written so far, and the table versions that it is held to; its steps may be on several threads. */
final class RunTrail {
    private final Run run;
    private final Map<String, Long> pins = new HashMap<>();
    private final Map<String, Long> reads = new HashMap<>();
    private final Map<String, Long> appends = new HashMap<>();
    private final Set<LineageEdge> edges = new LinkedHashSet<>();

    RunTrail(Run run) {
        this.run = run;
    }

    /** The version that the run sees, which is {@code newest} when it first asks, even if that means no table. */
    synchronized long pinned(TableSpec table, LongSupplier newest) {
        return pins.computeIfAbsent(table.name(), name -> newest.getAsLong());
    }

    synchronized void read(TableSpec table, long version) {
        reads.put(table.name(), version);
        edges.add(LineageEdge.table(Access.READ, table.name(), version));
    }

    /** Notes a write, after which the run sees what it wrote. */
    synchronized void wrote(TableSpec table, long version) {
        pins.put(table.name(), version);
        edges.add(LineageEdge.table(Access.WRITE, table.name(), version));
    }

    /** Notes that the run read or wrote something that has no versions. */
    synchronized void touched(Access access, String object) {
        edges.add(LineageEdge.object(access, object));
    }

    /** The number of the run's next append to the table, from 1: the same for the same append of another try. */
    synchronized long nextAppend(TableSpec table) {
        return appends.merge(table.name(), 1L, Long::sum);
    }

    synchronized List<LineageEdge> edges() {
        return List.copyOf(edges);
    }

    /** What a commit made now says about itself. */
    synchronized String note() {
        return new CommitNote(run.id(), run.job(), run.release(), reads).toJson();
    }
}
