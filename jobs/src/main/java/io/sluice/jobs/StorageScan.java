package io.sluice.jobs;

import io.sluice.lake.ObjectReading;
import io.sluice.lake.TenantTables;
import io.sluice.scrub.evidence.Certificate;
import io.sluice.scrub.evidence.InventoryEntry;
import io.sluice.scrub.search.Hit;
import io.sluice.scrub.search.ObjectScan;
import io.sluice.scrub.search.ScannedObject;
import io.sluice.scrub.search.SearchPlan;
import java.util.List;

/** What came of reading every byte that is stored for a tenant. */
record StorageScan(List<ScannedObject> objects) {
    static final String ALGORITHM = "byte-scan 1";
    private static final int LISTED = 1000;

    /** The place of a value, by the number of the selector that asked for it. */
    record Place(String object, String place, long position, int selector, String form, String encodings) {
        private static Place of(ScannedObject object, Hit hit) {
            return new Place(shown(object), hit.place(), hit.position(), hit.selector(), hit.form(), hit.encodings());
        }
    }

    /** An object that could not be read in full. */
    record Unread(String object, String problem) {}

    static StorageScan of(TenantTables tables, SearchPlan plan) {
        return new StorageScan(tables.objects().read(tables.objects().list(), () -> reading(new ObjectScan(plan))));
    }

    private static ObjectReading<ScannedObject> reading(ObjectScan scan) {
        return scan::of;
    }

    /** The name of an object, or a hash of it where the name itself holds a value. */
    static String shown(ScannedObject object) {
        boolean holds = object.hits().stream().anyMatch(hit -> hit.place().equals(ObjectScan.NAME));
        return holds
                ? "name withheld, hash " + Integer.toHexString(object.name().hashCode())
                : object.name();
    }

    /** Objects in which a value stands, of those whose names begin with {@code prefix}. */
    List<ScannedObject> holding(String prefix) {
        return objects.stream()
                .filter(object -> object.hitCount() > 0 && object.name().startsWith(prefix))
                .toList();
    }

    boolean isClean() {
        return hitCount() == 0 && unreadCount() == 0;
    }

    long hitCount() {
        return objects.stream().mapToLong(ScannedObject::hitCount).sum();
    }

    long unreadCount() {
        return objects.stream().filter(object -> !object.isReadInFull()).count();
    }

    long bytes() {
        return objects.stream().mapToLong(ScannedObject::bytes).sum();
    }

    long decodedBytes() {
        return objects.stream().mapToLong(ScannedObject::decodedBytes).sum();
    }

    /** The first thousand places. */
    List<Place> places() {
        return objects.stream()
                .flatMap(object -> object.hits().stream().map(hit -> Place.of(object, hit)))
                .limit(LISTED)
                .toList();
    }

    /** The first thousand objects that could not be read in full. */
    List<Unread> unread() {
        return objects.stream()
                .filter(object -> !object.isReadInFull())
                .map(object -> new Unread(shown(object), object.problem()))
                .limit(LISTED)
                .toList();
    }

    Certificate.Inventory inventory() {
        return Certificate.Inventory.of(objects.stream()
                .filter(object -> !object.sha256().isEmpty())
                .map(object -> new InventoryEntry(object.name(), object.bytes(), object.sha256()))
                .toList());
    }

    Certificate.Verification verification() {
        return new Certificate.Verification(objects.size(), decodedBytes(), hitCount(), unreadCount(), ALGORITHM);
    }
}
