package io.sluice.jobs;

import static java.util.stream.Collectors.toSet;

import io.sluice.lake.Landing;
import io.sluice.lake.LandingCheck;
import io.sluice.lake.LandingObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.LandedIdTransform;
import io.sluice.scrub.search.ScannedObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/** Takes rows out of landing files: those in which a value was seen, and those of which erased exchanges were made. */
final class LandingClearing {
    private final TenantTables tables;
    private long rowsRemoved;

    LandingClearing(TenantTables tables) {
        this.tables = tables;
    }

    long rowsRemoved() {
        return rowsRemoved;
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
