package io.sluice.jobs;

import static java.util.stream.Collectors.toSet;

import io.sluice.lake.Lease;
import io.sluice.lake.ObjectLock;
import io.sluice.lake.StoredObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.scrub.search.ScannedObject;
import io.sluice.tenant.SluiceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Takes away what a bucket keeps behind what one sees: earlier versions in which a value was seen, those of tables and landing
 * files that were cleared, and those that came to be since the scrub began; then uploads that nobody finished.
 */
final class VersionClearing {
    private static final List<String> MAY_BE_CHANGED =
            List.of(StoredObjects.TABLES, StoredObjects.LANDING, StoredObjects.EXPORTS);

    private final TenantTables tables;
    private final Set<StoredObject> before;
    private final Set<StoredObject> uploadsBefore;

    /** Takes what lay there at first; nothing, if a try that was stopped may have changed it since. */
    VersionClearing(TenantTables tables, List<StoredObject> before) {
        this.tables = tables;
        this.before = before.stream().filter(object -> !object.isCurrent()).collect(toSet());
        this.uploadsBefore = Set.copyOf(tables.objects().uploading()); // by no clock, for there is more than one
    }

    /** Fails, before anything is written, if the storage would refuse to remove what a scrub may have to. */
    static void refuseLocked(TenantTables tables) {
        Optional<ObjectLock> lock = tables.objects().lock(VersionClearing::mayBeChanged);
        lock.ifPresent(found -> {
            throw SluiceException.refused(
                    "Cannot scrub",
                    "the bucket's object lock keeps " + found.objects() + " versions of objects"
                            + (found.isHeld() ? ", some by a legal hold" : "")
                            + (found.until().isAfter(Instant.EPOCH)
                                    ? ", and lets go of what is there or written now by " + found.until()
                                    : ""),
                    "Run it again after that, with no legal hold and no default retention in the bucket");
        });
    }

    private static boolean mayBeChanged(StoredObject object) {
        return MAY_BE_CHANGED.stream().anyMatch(object.key()::startsWith);
    }

    /** Takes what a scan found, and which keys are of objects that had to be cleared whether or not a value was seen. */
    void clear(StorageScan scan, Predicate<String> isCleared) {
        Set<String> holding = scan.holding("").stream().map(ScannedObject::name).collect(toSet());
        tables.objects()
                .removeEarlier(object -> holding.contains(object.name())
                        || object.key().startsWith(Lease.FOLDER) // of which every renewal leaves one
                        || (mayBeChanged(object) && (isCleared.test(object.key()) || !before.contains(object))));
        tables.objects().abortUploads(uploadsBefore);
    }
}
