package io.sluice.scrub.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/** The dictionary of a column chunk, in which a value that stays keeps its place, so that other pages stay as they are. */
final class ChunkDictionary {
    private final PrimitiveType type;
    private final Binary[] entries;
    private final Map<Binary, Integer> places = new HashMap<>();

    ChunkDictionary(PrimitiveType type, Binary[] entries) {
        this.type = type;
        this.entries = entries;
    }

    Binary entry(int place) {
        return entries[place];
    }

    Binary[] entries() {
        return entries;
    }

    boolean hasEntriesOf(ChunkDictionary other) {
        return Arrays.equals(entries, other.entries);
    }

    /** Where {@code value} stands; it must be in here. */
    int placeOf(Binary value) {
        if (places.isEmpty()) {
            for (int i = entries.length - 1; i >= 0; i--) {
                places.put(entries[i], i);
            }
        }
        Integer place = places.get(value);
        if (place == null) {
            throw new IllegalStateException("a page holds a value that its dictionary lacks");
        }
        return place;
    }

    /**
     * The dictionary that holds what stands at {@code used} places, each at its place, and every value of
     * {@code needed}; the other places are given away, or left with the empty value.
     */
    ChunkDictionary keeping(BitSet used, Set<Binary> needed) {
        List<Binary> kept = new ArrayList<>(Arrays.asList(entries));
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < entries.length; i++) {
            if (!used.get(i) && !needed.contains(entries[i])) {
                free.add(i);
                kept.set(i, LeafEdits.emptyValue(type));
            }
        }
        Set<Binary> present = new HashSet<>(kept);
        Iterator<Integer> places = free.iterator();
        for (Binary value : needed) {
            if (present.add(value)) {
                if (places.hasNext()) {
                    kept.set(places.next(), value);
                } else {
                    kept.add(value);
                }
            }
        }
        return new ChunkDictionary(type, kept.toArray(Binary[]::new));
    }
}
