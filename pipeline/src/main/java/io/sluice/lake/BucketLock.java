package io.sluice.lake;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DefaultRetention;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRule;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Asks a bucket what its object lock keeps: retention of what is there and of what will be written, and legal holds. */
final class BucketLock {
    private static final int NOT_FOUND = 404;
    /** How storage says that a bucket has no object lock, or that it knows of none. */
    private static final Set<Integer> WITHOUT_LOCK = Set.of(400, NOT_FOUND, 405, 501);

    private final S3Client client;
    private final String bucket;

    BucketLock(S3Client client, String bucket) {
        this.client = client;
        this.bucket = bucket;
    }

    /** What keeps one of {@code versions}, which are listed only where the bucket has an object lock. */
    Optional<ObjectLock> of(Supplier<Stream<ObjectVersion>> versions) {
        return retention()
                .flatMap(retention -> Stream.concat(
                                versions.get().map(this::lock), Stream.of(ofWhatIsWritten(retention)))
                        .flatMap(Optional::stream)
                        .reduce(ObjectLock::and));
    }

    /** How long the bucket locks what is written, not at all by itself maybe; none if it has no object lock. */
    private Optional<DefaultRetention> retention() {
        try {
            ObjectLockConfiguration lock = client.getObjectLockConfiguration(request -> request.bucket(bucket))
                    .objectLockConfiguration();
            DefaultRetention none = DefaultRetention.builder().build();
            return lock.objectLockEnabled() == ObjectLockEnabled.ENABLED
                    ? Optional.of(Optional.ofNullable(lock.rule())
                            .map(ObjectLockRule::defaultRetention)
                            .orElse(none))
                    : Optional.empty();
        } catch (S3Exception e) {
            if (WITHOUT_LOCK.contains(e.statusCode())) {
                return Optional.empty();
            }
            throw StorageRefusal.of("look whether the bucket locks objects", e, "s3:GetBucketObjectLockConfiguration");
        }
    }

    private static Optional<ObjectLock> ofWhatIsWritten(DefaultRetention retention) {
        long days =
                retention.days() != null ? retention.days() : retention.years() != null ? 366L * retention.years() : 0;
        return days > 0
                ? Optional.of(new ObjectLock(0, Instant.now().plus(Duration.ofDays(days)), false))
                : Optional.empty();
    }

    private Optional<ObjectLock> lock(ObjectVersion version) {
        try {
            boolean isHeld = isHeld(version);
            Instant until = retainedUntil(version);
            return isHeld || until.isAfter(Instant.now())
                    ? Optional.of(new ObjectLock(1, until, isHeld))
                    : Optional.empty();
        } catch (S3Exception e) {
            throw StorageRefusal.of(
                    "look whether objects are locked", e, "s3:GetObjectRetention and s3:GetObjectLegalHold");
        }
    }

    private boolean isHeld(ObjectVersion version) {
        try {
            return client.getObjectLegalHold(request ->
                                    request.bucket(bucket).key(version.key()).versionId(version.versionId()))
                            .legalHold()
                            .status()
                    == ObjectLockLegalHoldStatus.ON;
        } catch (S3Exception e) {
            throwUnlessNone(e);
            return false;
        }
    }

    private Instant retainedUntil(ObjectVersion version) {
        try {
            return client.getObjectRetention(
                            request -> request.bucket(bucket).key(version.key()).versionId(version.versionId()))
                    .retention()
                    .retainUntilDate();
        } catch (S3Exception e) {
            throwUnlessNone(e);
            return Instant.EPOCH;
        }
    }

    private static void throwUnlessNone(S3Exception e) {
        if (e.statusCode() != NOT_FOUND) {
            throw e;
        }
    }
}
