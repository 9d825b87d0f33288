package io.sluice.scrub.search;

import io.sluice.scrub.parquet.RowPositions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has been found so far in one object. */
final class Tally {
    private static final int LISTED_HITS = 1000;

    private final List<Hit> hits = new ArrayList<>();
    private final TreeMap<Integer, Long> counts = new TreeMap<>();
    private final Map<Integer, TreeSet<Long>> rows = new HashMap<>();
    private Map<Long, String> keys = Map.of();
    private @Nullable RowPositions within;
    private String sha256 = "";
    private long length;
    private long decodedBytes;
    private String problem = "";

    /** Takes how many bytes the object has. */
    void length(long bytes) {
        length = bytes;
    }

    /** Takes the hash of its bytes, in hex. */
    void sha256(String hex) {
        sha256 = hex;
    }

    /** From here on, only what stands in one of those rows counts. */
    void onlyIn(RowPositions some) {
        within = some;
    }

    /** Takes how many of the bytes that were counted were not looked at as they are. */
    void leftOut(long bytes) {
        decodedBytes -= bytes;
    }

    /** Counts what stands in the file, whatever row it belongs to, if everything is looked at. */
    void add(Iterable<Sighting> sightings, String place, long position) {
        if (within == null) {
            count(sightings, place, position);
        }
    }

    private void count(Iterable<Sighting> sightings, String place, long position) {
        for (Sighting sighting : sightings) {
            counts.merge(sighting.selector(), 1L, Long::sum);
            if (hits.size() < LISTED_HITS) {
                hits.add(Hit.of(sighting, place, position));
            }
        }
    }

    /** As {@link #add}, for values that stand in a row of the file. */
    void addInRow(Iterable<Sighting> sightings, String place, long row) {
        if (sightings.iterator().hasNext() && (within == null || within.contains(row))) {
            for (Sighting sighting : sightings) {
                rows.computeIfAbsent(sighting.selector(), fresh -> new TreeSet<>())
                        .add(row);
            }
            count(sightings, place, row);
        }
    }

    /** All rows so far in which a value stands. */
    RowPositions rows() {
        return RowPositions.of(rows.values().stream()
                .flatMap(Set::stream)
                .mapToLong(Long::longValue)
                .toArray());
    }

    /** Takes the keys of rows that have one. */
    void keys(Map<Long, String> keysOfRows) {
        keys = keysOfRows;
    }

    /** Counts what {@code values} has just looked at. */
    void decoded(long bytes, ValueScan values) {
        decodedBytes += bytes;
        if (!values.isLookedAtInFull()) {
            problem("something in it is too large or too deeply encoded to be looked at in full");
        }
    }

    void problem(String sentence) {
        problem = sentence;
    }

    /** All of it, of the object of that name. */
    ScannedObject of(String name) {
        TreeMap<Integer, Seen> seen = new TreeMap<>();
        counts.forEach((selector, count) -> seen.put(selector, seen(count, rows.get(selector))));
        return new ScannedObject(name, length, sha256, decodedBytes, List.copyOf(hits), seen, problem);
    }

    private Seen seen(long count, @Nullable Set<Long> theirs) {
        List<Long> inOrder = theirs == null ? List.of() : List.copyOf(theirs);
        return new Seen(
                count,
                inOrder,
                inOrder.stream()
                        .map(keys::get)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList());
    }
}
