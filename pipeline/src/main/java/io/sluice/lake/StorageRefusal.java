package io.sluice.lake;

import io.sluice.tenant.SluiceException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Says which right the storage has not granted. */
final class StorageRefusal {
    private static final int FORBIDDEN = 403;

    private StorageRefusal() {}

    /** Where the storage says no; what else goes wrong with it is not of our doing, and goes on as it is. */
    static RuntimeException of(String what, S3Exception e, String right) {
        return e.statusCode() == FORBIDDEN
                ? of(what, "status " + FORBIDDEN, right).causedBy(e)
                : e;
    }

    static SluiceException of(String what, String why, String right) {
        return SluiceException.failed(
                "Cannot " + what,
                "the storage refuses it, " + why,
                "Give Sluice the right " + right + ", and run it again");
    }
}
