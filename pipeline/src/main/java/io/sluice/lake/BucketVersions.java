package io.sluice.lake;

import java.io.IOException;
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
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
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
    private static final int PRECONDITION_FAILED = 412;
    private static final int NOT_IMPLEMENTED = 501;

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
                        prefix(bucket.pathToKey(root.path()))))
                : Optional.empty();
    }

    private static String prefix(String key) {
        return key.isEmpty() ? "" : key + "/";
    }

    /**
     * What is there besides the objects of {@code current}, by their keys: versions that are not current, marks of deletion, as
     * objects without bytes, and objects whose names Hadoop cannot say.
     */
    List<StoredObject> besides(Set<String> current) {
        try {
            List<StoredObject> found = new ArrayList<>();
            versions()
                    .filter(version -> !version.isLatest() || !current.contains(key(version.key())))
                    .forEach(version -> found.add(object(version)));
            markers()
                    .forEach(marker -> found.add(new StoredObject(
                            key(marker.key()),
                            marker.versionId(),
                            0,
                            marker.lastModified().toEpochMilli())));
            return found;
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_IMPLEMENTED) {
                return List.of();
            }
            throw StorageRefusal.of("list versions of objects", e, "s3:ListBucketVersions");
        }
    }

    private String key(String whole) {
        return whole.substring(prefix.length());
    }

    /** Reads the version that {@code object} is. */
    InputFile file(StoredObject object) {
        return new VersionFile(client, bucket, prefix + object.key(), object);
    }

    /** Removes earlier versions for good, then the marks of deletion behind which nothing is left. */
    void remove(Predicate<StoredObject> which) {
        remove(versions()
                .filter(version -> !version.isLatest() && which.test(object(version)))
                .map(version -> identifier(version.key(), version.versionId()))
                .toList());
        Set<String> kept = new HashSet<>();
        versions().forEach(version -> kept.add(version.key()));
        remove(markers()
                .filter(marker -> !kept.contains(marker.key()))
                .map(marker -> identifier(marker.key(), marker.versionId()))
                .toList());
    }

    /** Gives up uploads in parts: what they hold nobody can read or look through. */
    void abortUploads(Predicate<StoredObject> which) {
        uploads().stream().filter(upload -> which.test(object(upload))).forEach(this::abort);
    }

    /** The objects that uploads in parts are to become, without bytes. */
    List<StoredObject> uploading() {
        return uploads().stream().map(this::object).toList();
    }

    private StoredObject object(MultipartUpload upload) {
        return new StoredObject(key(upload.key()), "", 0, upload.initiated().toEpochMilli());
    }

    private List<MultipartUpload> uploads() {
        try {
            return client
                    .listMultipartUploadsPaginator(
                            request -> request.bucket(bucket).prefix(prefix))
                    .uploads()
                    .stream()
                    .toList();
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_IMPLEMENTED) {
                return List.of();
            }
            throw StorageRefusal.of("list unfinished uploads", e, "s3:ListBucketMultipartUploads");
        }
    }

    private void abort(MultipartUpload upload) {
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        } catch (NoSuchUploadException finishedMeanwhile) {
            // then it is an object, and found as one
        } catch (S3Exception e) {
            throw StorageRefusal.of("give up unfinished uploads", e, "s3:AbortMultipartUpload");
        }
    }

    /** What keeps the storage from removing one of {@code which}, whatever version, or what is yet to be written. */
    Optional<ObjectLock> lock(Predicate<StoredObject> which) {
        return new BucketLock(client, bucket).of(() -> versions().filter(version -> which.test(object(version))));
    }

    /**
     * Puts {@code fresh} in place of the version with {@code entityTag}, in one request that the storage refuses if another
     * one is current. Gateways that refuse it of any version where the bucket keeps them are asked without the condition:
     * files of tables are written once, by one run.
     */
    void replace(String key, java.nio.file.Path fresh, String entityTag) throws IOException {
        PutObjectRequest put =
                PutObjectRequest.builder().bucket(bucket).key(prefix + key).build();
        try {
            try {
                client.putObject(put.toBuilder().ifMatch(entityTag).build(), fresh);
            } catch (S3Exception e) {
                if (e.statusCode() != PRECONDITION_FAILED
                        || !keepsVersions()
                        || !entityTag(key).equals(entityTag)) {
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

    private boolean keepsVersions() {
        return client.getBucketVersioning(request -> request.bucket(bucket)).status() == BucketVersioningStatus.ENABLED;
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
                key(version.key()),
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
                throw StorageRefusal.of(
                        "remove versions of objects",
                        response.errors().get(0).code() + " for "
                                + response.errors().size() + " of " + some.size(),
                        "s3:DeleteObjectVersion, and look for object lock");
            }
        }
    }

    private static ObjectIdentifier identifier(String key, String version) {
        return ObjectIdentifier.builder().key(key).versionId(version).build();
    }
}
