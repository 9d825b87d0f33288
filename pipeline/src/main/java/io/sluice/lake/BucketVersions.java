package io.sluice.lake;

import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.parquet.io.InputFile;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What a bucket keeps of the objects below a tenant's root behind what one sees: versions that were replaced or deleted,
 * marks of deletion, and uploads that nobody finished. It speaks through the client of Hadoop's S3A, so that keys, endpoint,
 * region, proxies and certificates are set in one place.
 */
final class BucketVersions {
    private static final int MOST_IN_ONE_REQUEST = 1000;
    private static final int NOT_IMPLEMENTED = 501;
    private static final int PRECONDITION_FAILED = 412;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    private BucketVersions(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    /** None for storage that is no bucket. */
    static Optional<BucketVersions> of(TenantRoot root) {
        FileSystem files = root.files();
        return files instanceof S3AFileSystem bucket
                ? Optional.of(new BucketVersions(
                        bucket.getS3AInternals().getAmazonS3Client("versions of objects"),
                        bucket.getBucket(),
                        bucket.pathToKey(root.path()) + "/"))
                : Optional.empty();
    }

    /** The versions that are not current, marks of deletion apart; none where the bucket does not keep them. */
    List<StoredObject> earlier() {
        try {
            return versions()
                    .filter(version -> !version.isLatest())
                    .map(this::object)
                    .toList();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_IMPLEMENTED) {
                return List.of();
            }
            throw refused("list versions of objects", e.awsErrorDetails().errorCode(), "s3:ListBucketVersions")
                    .causedBy(e);
        }
    }

    /** Reads the version that {@code object} is. */
    InputFile file(StoredObject object) {
        return new VersionFile(client, bucket, prefix + object.key(), object);
    }

    /** Removes earlier versions for good, then the marks of deletion behind which nothing is left. */
    void remove(Predicate<StoredObject> which) {
        List<ObjectIdentifier> versions = earlier().stream()
                .filter(which)
                .map(object -> identifier(prefix + object.key(), object.version()))
                .toList();
        remove(versions);
        Set<String> kept = new HashSet<>();
        versions().forEach(version -> kept.add(version.key()));
        remove(markers()
                .filter(marker -> !kept.contains(marker.key()))
                .map(marker -> identifier(marker.key(), marker.versionId()))
                .toList());
    }

    /** Gives up uploads in parts that began before {@code instant}: what they hold nobody can read or look through. */
    void abortUploads(Instant instant) {
        List<MultipartUpload> unfinished =
                client
                        .listMultipartUploadsPaginator(
                                request -> request.bucket(bucket).prefix(prefix))
                        .uploads()
                        .stream()
                        .filter(upload -> upload.initiated().isBefore(instant))
                        .toList();
        for (MultipartUpload upload : unfinished) {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        }
    }

    /** Until when the storage refuses to remove one of {@code objects}, whatever version of it; none if it does not. */
    Optional<ObjectLock> lock(Predicate<StoredObject> which) {
        return locks()
                ? versions()
                        .filter(version -> which.test(object(version)))
                        .flatMap(version -> lock(version).stream())
                        .reduce(ObjectLock::later)
                : Optional.empty();
    }

    /**
     * Puts {@code fresh} in place of the version with {@code entityTag}, in one request that the storage refuses if another
     * one is current. Gateways that refuse it of any version where the bucket keeps them are asked without the condition:
     * what it would replace then is kept.
     */
    void replace(String key, java.nio.file.Path fresh, String entityTag) throws IOException {
        PutObjectRequest put =
                PutObjectRequest.builder().bucket(bucket).key(prefix + key).build();
        try {
            try {
                client.putObject(put.toBuilder().ifMatch(entityTag).build(), fresh);
            } catch (S3Exception e) {
                if (e.statusCode() != PRECONDITION_FAILED || !entityTag(key).equals(entityTag)) {
                    throw e;
                }
                client.putObject(put, fresh);
            }
        } catch (S3Exception e) {
            throw new IOException("the object could not be replaced, as if it was changed meanwhile", e);
        }
    }

    /** Without quotes, which gateways differ in. */
    String entityTag(String key) {
        return client.headObject(request -> request.bucket(bucket).key(prefix + key))
                .eTag()
                .replace("\"", "");
    }

    private boolean locks() {
        try {
            return client.getObjectLockConfiguration(request -> request.bucket(bucket))
                            .objectLockConfiguration()
                            .objectLockEnabled()
                    == ObjectLockEnabled.ENABLED;
        } catch (S3Exception e) { // of different kinds, where there is none
            return false;
        }
    }

    private Optional<ObjectLock> lock(ObjectVersion version) {
        HeadObjectResponse head = client.headObject(
                request -> request.bucket(bucket).key(version.key()).versionId(version.versionId()));
        boolean isHeld = head.objectLockLegalHoldStatus() == ObjectLockLegalHoldStatus.ON;
        Instant until = head.objectLockRetainUntilDate();
        boolean isRetained = until != null && until.isAfter(Instant.now());
        return isHeld || isRetained
                ? Optional.of(new ObjectLock(1, isRetained ? until : Instant.EPOCH, isHeld))
                : Optional.empty();
    }

    private Stream<ObjectVersion> versions() {
        return client
                .listObjectVersionsPaginator(request -> request.bucket(bucket).prefix(prefix))
                .versions()
                .stream();
    }

    private Stream<DeleteMarkerEntry> markers() {
        return client
                .listObjectVersionsPaginator(request -> request.bucket(bucket).prefix(prefix))
                .deleteMarkers()
                .stream();
    }

    private StoredObject object(ObjectVersion version) {
        return new StoredObject(
                version.key().substring(prefix.length()),
                version.versionId(),
                version.size(),
                version.lastModified().toEpochMilli());
    }

    private void remove(List<ObjectIdentifier> objects) {
        for (int from = 0; from < objects.size(); from += MOST_IN_ONE_REQUEST) {
            List<ObjectIdentifier> some =
                    new ArrayList<>(objects.subList(from, Math.min(objects.size(), from + MOST_IN_ONE_REQUEST)));
            DeleteObjectsResponse response = client.deleteObjects(request ->
                    request.bucket(bucket).delete(these -> these.objects(some).quiet(true)));
            if (response.hasErrors()) {
                throw refused(
                        "remove versions of objects",
                        response.errors().get(0).code() + " for "
                                + response.errors().size() + " of " + some.size(),
                        "s3:DeleteObjectVersion");
            }
        }
    }

    private static SluiceException refused(String what, String why, String right) {
        return SluiceException.failed(
                "Cannot " + what,
                "the storage refuses it, " + why,
                "Give Sluice the right " + right + ", and run it again");
    }

    private static ObjectIdentifier identifier(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }
}
