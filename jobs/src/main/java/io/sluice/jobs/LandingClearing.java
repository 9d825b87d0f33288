package io.sluice.jobs;

import static java.util.stream.Collectors.toSet;

import io.sluice.lake.Landing;
import io.sluice.lake.LandingCheck;
import io.sluice.lake.LandingObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.LandedIdTransform;
import io.sluice.scrub.MaskColumns;
import io.sluice.scrub.search.ScannedObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/**
 * Takes values out of landing files: with the rows in which one was seen and those of which erased exchanges were made, or by
 * masks.
 */
final class LandingClearing {
    private final TenantTables tables;
    private long rowsRemoved;
    private long filesRedacted;

    LandingClearing(TenantTables tables) {
        this.tables = tables;
    }

    long rowsRemoved() {
        return rowsRemoved;
    }

    long filesRedacted() {
        return filesRedacted;
    }

    void clear(StorageScan scan, Set<String> erased) {
        List<LandingObject> complete = tables.landing().list();
        Map<String, Set<Long>> rows = new TreeMap<>();
        seen(scan, complete, rows);
        if (!erased.isEmpty()) {
            List<LandingObject> readable = tables.landing().check(complete).stream()
                    .filter(LandingCheck::isAccepted)
                    .map(LandingCheck::object)
                    .toList();
            for (Row place : landed(readable, new LandedIdTransform(tables.key(), erased))) {
                rows.computeIfAbsent(place.getString(0), fresh -> new TreeSet<>())
                        .add(place.getLong(1));
            }
        }
        Landing landing = tables.landing();
        rows.forEach((name, positions) -> {
            landing.remove(name, List.copyOf(positions));
            rowsRemoved += positions.size();
        });
    }

    /**
     * Puts masks into files in which a value was seen and of which nothing was ingested yet; out of others the rows are taken,
     * of which exchanges are there: changed, they would be taken for new ones.
     */
    void redact(StorageScan scan, MaskColumns masks) {
        Map<String, Set<Long>> rows = new TreeMap<>();
        seen(scan, tables.landing().list(), rows);
        Set<String> ingested =
                Found.ingested(tables).stream().map(LandingObject::name).collect(toSet());
        rows.forEach((name, positions) -> {
            if (ingested.contains(name)) {
                tables.landing().remove(name, List.copyOf(positions));
                rowsRemoved += positions.size();
            } else {
                tables.landing().change(name, masks::of);
                filesRedacted++;
            }
        });
    }

    private static void seen(StorageScan scan, List<LandingObject> complete, Map<String, Set<Long>> rows) {
        Set<String> names = complete.stream()
                .map(LandingObject::name)
                .filter(name -> name.endsWith(".parquet"))
                .collect(toSet());
        for (ScannedObject file : scan.holding(StoredObjects.LANDING)) {
            String name = file.name().substring(StoredObjects.LANDING.length());
            if (names.contains(name) && file.isReadInFull()) {
                rows.put(name, new TreeSet<>(file.rows()));
            }
        }
    }

    /** Where those rows stand; files that turn out to be damaged are left to the scan, which tells of them. */
    private List<Row> landed(List<LandingObject> files, LandedIdTransform transform) {
        try {
            return transform.apply(tables.landing().read(files)).collectAsList();
        } catch (Exception e) {
            Set<LandingObject> damaged = tables.landing().damaged(files, e).stream()
                    .map(LandingCheck::object)
                    .collect(toSet());
            if (damaged.isEmpty()) {
                throw e;
            }
            return landed(files.stream().filter(file -> !damaged.contains(file)).toList(), transform);
        }
    }
}
