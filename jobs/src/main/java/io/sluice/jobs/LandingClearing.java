package io.sluice.jobs;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.broadcast;

import io.sluice.lake.Landing;
import io.sluice.lake.LandingCheck;
import io.sluice.lake.LandingObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.redaction.LandedIdTransform;
import io.sluice.schemas.ExchangeTable;
import io.sluice.scrub.MaskTransform;
import io.sluice.scrub.ScrubRequests;
import io.sluice.scrub.search.ScannedObject;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Takes values out of landing files: with the rows in which one was seen and those of which erased exchanges were made, or by
 * masks.
 */
final class LandingClearing {
    private final TenantTables tables;
    private final Landing landing;
    private final LandingLedger ledger;
    private long rowsNotIngested;
    private long rowsRemoved;
    private long filesRedacted;

    LandingClearing(TenantTables tables) {
        this.tables = tables;
        this.landing = tables.landingUnnamed();
        this.ledger = new LandingLedger(tables, landing);
    }

    /** Rows in which a value was last seen and of which there is no exchange. */
    long rowsNotIngested() {
        return rowsNotIngested;
    }

    long rowsRemoved() {
        return rowsRemoved;
    }

    long filesRedacted() {
        return filesRedacted;
    }

    /** Files of which ingest has made exchanges, as they lie there now. */
    List<LandingObject> ingested() {
        return ledger.ingested();
    }

    /** The exchanges that were made of rows in which a value was seen; redaction may have hidden it from what sees them. */
    Selection exchanges(StorageScan scan, ScrubRequests requests) {
        Map<String, Set<Long>> rows = new TreeMap<>();
        List<LandingObject> complete = landing.list();
        seen(scan, complete, rows);
        Map<String, ScannedObject> files = new HashMap<>();
        scan.holding(StoredObjects.LANDING).forEach(file -> files.put(file.name(), file));
        Selection exchanges = new Selection();
        List<Row> made = made(rows, complete);
        long places = made.stream()
                .map(place -> place.getString(0) + "\n" + place.getLong(1))
                .distinct()
                .count();
        rowsNotIngested = rows.values().stream().mapToLong(Set::size).sum() - places;
        for (Row place : made) {
            ScannedObject file = Objects.requireNonNull(files.get(StoredObjects.LANDING + place.getString(0)));
            file.seen().forEach((selector, seen) -> {
                if (Collections.binarySearch(seen.rows(), place.getLong(1)) >= 0) {
                    exchanges.add(requests.requestOf(selector), place.getString(2));
                }
            });
        }
        return exchanges;
    }

    /** Those of {@code rows}, by file, of which there are exchanges, with the id of each; of files that are still as listed. */
    private List<Row> made(Map<String, Set<Long>> rows, List<LandingObject> complete) {
        if (rows.isEmpty()) {
            return List.of();
        }
        List<LandingObject> files = readable(
                complete.stream().filter(file -> rows.containsKey(file.name())).toList(), file -> true);
        List<Row> made = places(
                files,
                landed -> LandedIdTransform.ofAny(tables.key(), at(rows, landed), tables.read(ExchangeTable.SPEC)));
        Set<String> unchanged =
                landing.present(files).stream().map(LandingObject::name).collect(toSet());
        return made.stream().filter(row -> unchanged.contains(row.getString(0))).toList();
    }

    /** Takes out the rows in which {@code scan} saw a value, and those of which {@code erased} exchanges were made. */
    void clear(StorageScan scan, Set<String> erased) {
        List<LandingObject> complete = landing.list();
        ledger.adopt(complete); // of a try that was stopped: once it is replaced in turn, nothing leads to it
        Map<String, Set<Long>> rows = new TreeMap<>();
        seen(scan, complete, rows);
        if (!erased.isEmpty()) {
            LandedIdTransform ids = new LandedIdTransform(tables.key(), erased);
            List<LandingObject> near = readable(
                    complete,
                    file -> ids.mayBeOf(
                            file.captured().firstMillis(), file.captured().lastMillis()));
            for (Row place : places(near, ids::apply)) {
                add(place, rows);
            }
        }
        for (LandingObject file : complete) {
            Set<Long> positions = rows.getOrDefault(file.name(), Set.of());
            if (rows.containsKey(file.name()) && landing.remove(file, positions)) {
                rowsRemoved += positions.size();
            }
        }
        ledger.adopt(landing.list());
    }

    /**
     * Puts masks where a value was seen, in rows of which there is no exchange yet; others are taken out: changed, they would
     * be taken for new ones.
     */
    void redact(StorageScan scan, MaskTransform masks) {
        Map<String, Set<Long>> rows = new TreeMap<>();
        List<LandingObject> complete = landing.list();
        ledger.adopt(complete);
        seen(scan, complete, rows);
        Map<String, Set<Long>> known = new TreeMap<>();
        for (Row place : made(rows, complete)) {
            add(place, known);
        }
        for (LandingObject file : complete) {
            Set<Long> seen = rows.getOrDefault(file.name(), Set.of());
            Set<Long> removed = known.getOrDefault(file.name(), Set.of());
            if (rows.containsKey(file.name()) && landing.change(file, removed, masks::of)) {
                rowsRemoved += removed.size();
                filesRedacted += removed.size() < seen.size() ? 1 : 0;
            }
        }
        ledger.adopt(landing.list());
    }

    /** Those of {@code landed} that stand at one of {@code rows}, by file. */
    private static Dataset<Row> at(Map<String, Set<Long>> rows, Dataset<Row> landed) {
        List<Row> places = rows.entrySet().stream()
                .flatMap(file -> file.getValue().stream().map(position -> RowFactory.create(file.getKey(), position)))
                .toList();
        String[] place = {Landing.LANDING_OBJECT, Landing.LANDING_POSITION};
        StructType type =
                new StructType().add(place[0], DataTypes.StringType, false).add(place[1], DataTypes.LongType, false);
        return landed.join(broadcast(landed.sparkSession().createDataFrame(places, type)), place, "left_semi");
    }

    private static void add(Row place, Map<String, Set<Long>> rows) {
        rows.computeIfAbsent(place.getString(0), fresh -> new TreeSet<>()).add(place.getLong(1));
    }

    private List<LandingObject> readable(List<LandingObject> files, Predicate<LandingCheck> wanted) {
        return landing.check(files).stream()
                .filter(file -> file.isAccepted() && wanted.test(file))
                .map(LandingCheck::object)
                .toList();
    }

    /** Of files that are still what the scan has read: what came meanwhile is left to the next one. */
    private static void seen(StorageScan scan, List<LandingObject> complete, Map<String, Set<Long>> rows) {
        Set<String> names = complete.stream()
                .filter(file -> file.isParquet() && scan.isOf(file))
                .map(LandingObject::name)
                .collect(toSet());
        for (ScannedObject file : scan.holding(StoredObjects.LANDING)) {
            String name = file.name().substring(StoredObjects.LANDING.length());
            if (names.contains(name) && file.isReadInFull()) {
                rows.put(name, new TreeSet<>(file.rows()));
            }
        }
    }

    /** Where those rows stand; files that turn out to be damaged are left to the scan, which tells of them. */
    private List<Row> places(List<LandingObject> files, UnaryOperator<Dataset<Row>> transform) {
        try {
            return transform.apply(landing.read(files)).collectAsList();
        } catch (Exception e) {
            Set<LandingObject> damaged =
                    landing.damaged(files, e).stream().map(LandingCheck::object).collect(toSet());
            if (damaged.isEmpty()) {
                throw e;
            }
            return places(files.stream().filter(file -> !damaged.contains(file)).toList(), transform);
        }
    }
}
