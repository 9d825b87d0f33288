package io.sluice.jobs;

import io.sluice.lake.LandingObject;
import io.sluice.lake.ObjectReading;
import io.sluice.lake.StoredObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.IdentifierTable;
import io.sluice.scrub.ScrubRequest;
import io.sluice.scrub.ScrubRequests;
import io.sluice.scrub.evidence.Certificate;
import io.sluice.scrub.evidence.InventoryEntry;
import io.sluice.scrub.search.Hit;
import io.sluice.scrub.search.ObjectScan;
import io.sluice.scrub.search.ScannedObject;
import io.sluice.scrub.search.SearchPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What came of reading every byte that is stored for a tenant.
 *
 * @param listed what was read, as it was before
 */
record StorageScan(List<ScannedObject> objects, Set<StoredObject> listed) {
    static final String ALGORITHM = "byte-scan 7";
    static final StorageScan NOTHING = new StorageScan(List.of(), Set.of());

    static final int LISTED = 1000;

    /** The place of a value, by the request and the number of its selector that asked for it. */
    record Place(
            String object, String place, long position, String requestId, int selector, String form, String encodings) {
        private static Place of(ScannedObject object, Hit hit, ScrubRequests requests) {
            ScrubRequest request = requests.all().get(requests.requestOf(hit.selector()));
            return new Place(
                    shown(object),
                    hit.place(),
                    hit.position(),
                    request.id(),
                    requests.ownNumber(hit.selector()),
                    hit.form(),
                    hit.encodings());
        }
    }

    /** An object that could not be read in full. */
    record Unread(String object, String problem) {}

    static StorageScan of(TenantTables tables, SearchPlan plan) {
        return of(tables, plan, tables.objects().list());
    }

    static StorageScan of(TenantTables tables, SearchPlan plan, List<StoredObject> objects) {
        return new StorageScan(
                tables.objects().read(objects, () -> reading(new ObjectScan(plan, ExchangeTable.EXCHANGE_ID))),
                Set.copyOf(objects));
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

    /** The same without objects that are gone since. */
    StorageScan without(Set<String> names) {
        return new StorageScan(
                objects.stream()
                        .filter(object -> !names.contains(object.name()))
                        .toList(),
                listed);
    }

    /** Whether {@code file} is still what was read under its name. */
    boolean isOf(LandingObject file) {
        return listed.contains(new StoredObject(
                StoredObjects.LANDING + file.name(),
                "",
                file.bytes(),
                file.modifiedAt().toEpochMilli()));
    }

    /** What came of it for one of {@code requests}, by its place among them. */
    StorageScan only(int request, ScrubRequests requests) {
        return new StorageScan(
                objects.stream().map(object -> requests.only(request, object)).toList(), listed);
    }

    /** The exchanges in which a value stands, or whose identifier it is, in whatever version of a table. */
    Selection exchanges(ScrubRequests requests) {
        Selection selection = new Selection();
        Stream.of(ExchangeTable.SPEC, IdentifierTable.SPEC)
                .flatMap(table -> holding(StoredObjects.folderOf(table)).stream())
                .forEach(object -> object.seen()
                        .forEach((selector, seen) ->
                                seen.keys().forEach(id -> selection.add(requests.requestOf(selector), id))));
        return selection;
    }

    /** How many objects of each area hold a value: a table, or the first folder below the tenant's root. */
    List<ScrubJob.Held> held() {
        Map<String, ScrubJob.Held> areas = new TreeMap<>();
        for (ScannedObject object : holding("")) {
            String[] path = object.name().split("/", 3);
            String area = path[0].equals("tables") && path.length > 1 ? path[0] + "/" + path[1] : path[0];
            areas.merge(
                    area,
                    new ScrubJob.Held(area, 1, object.bytes()),
                    (one, more) -> new ScrubJob.Held(area, one.objects() + more.objects(), one.bytes() + more.bytes()));
        }
        return List.copyOf(areas.values());
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
    List<Place> places(ScrubRequests requests) {
        return objects.stream()
                .flatMap(object -> object.hits().stream().map(hit -> Place.of(object, hit, requests)))
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
