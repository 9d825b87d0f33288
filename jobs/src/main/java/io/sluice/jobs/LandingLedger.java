package io.sluice.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.max;

import io.sluice.lake.Landing;
import io.sluice.lake.LandingObject;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.LandingObjectTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What ingest has taken up of landing files, and in which batch. A file that a scrub has put in the place of another belongs to
 * the batch of that one: taken for a new one, what else a batch writes would be written twice.
 */
final class LandingLedger {
    static final String ACCEPTED = "ACCEPTED";

    private final TenantTables tables;
    private final Landing landing;

    LandingLedger(TenantTables tables, Landing landing) {
        this.tables = tables;
        this.landing = landing;
    }

    /** The files that are there and were not taken up, themselves or what stood in their places. */
    List<LandingObject> unseen() {
        List<LandingObject> unseen = new ArrayList<>(unseen(landing.list()));
        unseen.removeAll(batches(unseen).keySet());
        return unseen;
    }

    /** Records files that took the places of others in the batches of those. */
    void adopt() {
        List<Row> rows = new ArrayList<>();
        batches(unseen(replacements(landing.list())))
                .forEach((file, batch) -> rows.add(
                        RowFactory.create(file.name(), file.bytes(), file.modifiedAt(), batch, ACCEPTED, null, "")));
        if (!rows.isEmpty()) {
            tables.appendOfTry(
                    LandingObjectTable.SPEC,
                    tables.rows(LandingObjectTable.SPEC, rows).coalesce(1));
        }
    }

    /** Files of the batches up to {@code last} that were not refused, by then or later, as they were. */
    Set<LandingObject> accepted(long last) {
        Set<LandingObject> accepted = new HashSet<>();
        accepted()
                .where(col(LandingObjectTable.BATCH).leq(last))
                .collectAsList()
                .forEach(row -> accepted.add(object(row)));
        return accepted;
    }

    private List<LandingObject> unseen(List<LandingObject> files) {
        return files.isEmpty() ? files : landing.unseen(files, tables.read(LandingObjectTable.SPEC));
    }

    /** Those of {@code unseen} that took the place of a file that was taken up, with the batch of that. */
    private Map<LandingObject, Long> batches(List<LandingObject> unseen) {
        List<LandingObject> replacements = replacements(unseen);
        Map<LandingObject, Long> batches = new HashMap<>();
        if (!replacements.isEmpty()) {
            Map<LandingObject, Long> known = new HashMap<>();
            accepted().collectAsList().forEach(row -> known.put(object(row), row.getLong(3)));
            Landing.inPlaceOf(known.keySet(), replacements)
                    .forEach((old, fresh) -> batches.put(fresh, Objects.requireNonNull(known.get(old))));
        }
        return batches;
    }

    private static List<LandingObject> replacements(List<LandingObject> files) {
        return files.stream().filter(LandingObject::isReplacement).toList();
    }

    private Dataset<Row> accepted() {
        return tables.read(LandingObjectTable.SPEC)
                .groupBy(LandingObjectTable.OBJECT, LandingObjectTable.BYTES, LandingObjectTable.MODIFIED_AT)
                .agg(
                        max(LandingObjectTable.BATCH).as(LandingObjectTable.BATCH),
                        count(LandingObjectTable.REASON).as("refusals")) // also of one that was found damaged later
                .where("refusals = 0");
    }

    private static LandingObject object(Row row) {
        return new LandingObject(row.getString(0), row.getLong(1), row.getInstant(2));
    }
}
