package io.sluice.lake;

import java.time.Instant;

/**
 * That the storage refuses to remove objects, or will refuse it of those that are written to it.
 *
 * @param objects how many are kept
 * @param until the end of the longest retention, 1970 if there is none
 * @param isHeld whether one is also held without an end
 */
public record ObjectLock(long objects, Instant until, boolean isHeld) {
    ObjectLock and(ObjectLock other) {
        return new ObjectLock(
                objects + other.objects, until.isAfter(other.until) ? until : other.until, isHeld || other.isHeld);
    }
}
