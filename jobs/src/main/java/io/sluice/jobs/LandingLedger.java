package io.sluice.jobs;

import io.sluice.lake.Landing;
import io.sluice.lake.LandingObject;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.LandingObjectTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/**
 * What ingest has taken up of landing files, and in which batch. A file that a scrub has put in the place of another belongs to
 * the batch of that one: taken for a new one, what else a batch writes would be written twice. What others record once this was
 * asked, it does not see.
 */
final class LandingLedger {
    static final String ACCEPTED = "ACCEPTED";

    private final TenantTables tables;
    private final Landing landing;
    private @Nullable Recorded recorded;

    LandingLedger(TenantTables tables, Landing landing) {
        this.tables = tables;
        this.landing = landing;
    }

    /** The files that are there and were not taken up, themselves or what stood in their places. */
    List<LandingObject> unseen() {
        List<LandingObject> unseen =
                new ArrayList<>(landing.unseen(landing.list(), tables.read(LandingObjectTable.SPEC)));
        unseen.removeAll(adoptable(unseen).keySet());
        return unseen;
    }

    /** Records those of {@code files} that took the places of others in the batches of those. */
    void adopt(List<LandingObject> files) {
        List<Row> rows = new ArrayList<>();
        adoptable(files)
                .forEach((file, batch) -> rows.add(
                        RowFactory.create(file.name(), file.bytes(), file.modifiedAt(), batch, ACCEPTED, null, "")));
        if (!rows.isEmpty()) {
            tables.appendOfTry(LandingObjectTable.SPEC, rows);
            recorded = null;
        }
    }

    /** Files of which there are exchanges, as they lie there now. */
    List<LandingObject> ingested() {
        long last = tables.committed(ExchangeTable.SPEC, IngestRun.STREAM);
        Map<LandingObject, Long> accepted = recorded().accepted();
        return landing.list().stream()
                .filter(file -> accepted.getOrDefault(file, Long.MAX_VALUE) <= last)
                .toList();
    }

    /** Those of {@code files} that are not recorded and took the place of one that is, with the batch of that. */
    private Map<LandingObject, Long> adoptable(List<LandingObject> files) {
        List<LandingObject> replacements =
                files.stream().filter(LandingObject::isReplacement).toList();
        Map<LandingObject, Long> batches = new HashMap<>();
        if (!replacements.isEmpty()) {
            Recorded known = recorded();
            Landing.inPlaceOf(known.accepted().keySet(), replacements).forEach((old, fresh) -> {
                if (!known.all().contains(fresh)) {
                    batches.put(fresh, Objects.requireNonNull(known.accepted().get(old)));
                }
            });
        }
        return batches;
    }

    private Recorded recorded() {
        if (recorded == null) {
            recorded = Recorded.of(tables);
        }
        return recorded;
    }

    /** All files that were taken up, and those that were not refused, each with its batch. */
    private record Recorded(Set<LandingObject> all, Map<LandingObject, Long> accepted) {
        static Recorded of(TenantTables tables) {
            Set<LandingObject> refused = new HashSet<>(); // also those that were found damaged later
            Map<LandingObject, Long> batches = new HashMap<>();
            tables.read(LandingObjectTable.SPEC)
                    .select(
                            LandingObjectTable.OBJECT,
                            LandingObjectTable.BYTES,
                            LandingObjectTable.MODIFIED_AT,
                            LandingObjectTable.BATCH,
                            LandingObjectTable.REASON)
                    .collectAsList()
                    .forEach(row -> {
                        LandingObject file = new LandingObject(row.getString(0), row.getLong(1), row.getInstant(2));
                        batches.put(file, row.getLong(3));
                        if (!row.isNullAt(4)) {
                            refused.add(file);
                        }
                    });
            Set<LandingObject> all = Set.copyOf(batches.keySet());
            batches.keySet().removeAll(refused);
            return new Recorded(all, batches);
        }
    }
}
