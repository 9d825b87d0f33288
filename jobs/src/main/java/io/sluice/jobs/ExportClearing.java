package io.sluice.jobs;

import io.sluice.lake.StoredObject;
import io.sluice.lake.StoredObjects;
import io.sluice.lake.TenantTables;
import io.sluice.scrub.search.ScannedObject;
import java.util.ArrayList;
import java.util.List;

/** Removes exports that were written earlier; versions that a bucket keeps of them go with other earlier versions. */
final class ExportClearing {
    private final TenantTables tables;
    private final List<String> removed = new ArrayList<>();

    ExportClearing(TenantTables tables) {
        this.tables = tables;
    }

    /** Names of those that were removed, as far as a name may be shown. */
    List<String> removed() {
        return List.copyOf(removed);
    }

    /** Removes those in which {@code scan} saw a value. */
    void clear(StorageScan scan) {
        for (ScannedObject export : scan.holding(StoredObjects.EXPORTS)) {
            remove(export.name(), StorageScan.shown(export));
        }
    }

    /** Removes all. */
    void clearAll() {
        for (StoredObject object : tables.objects().list()) {
            if (object.name().startsWith(StoredObjects.EXPORTS)) {
                remove(object.name(), object.name());
            }
        }
    }

    private void remove(String name, String shown) {
        if (!StoredObject.isEarlier(name)) {
            tables.objects().removeExport(name);
            removed.add(shown);
        }
    }
}
