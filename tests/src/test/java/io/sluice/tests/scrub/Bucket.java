package io.sluice.tests.scrub;

import io.minio.DisableObjectLegalHoldArgs;
import io.minio.EnableObjectLegalHoldArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MakeBucketArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.SetBucketVersioningArgs;
import io.minio.SetObjectLockConfigurationArgs;
import io.minio.messages.Item;
import io.minio.messages.ObjectLockConfiguration;
import io.minio.messages.RetentionDurationDays;
import io.minio.messages.RetentionMode;
import io.minio.messages.VersioningConfiguration;
import io.sluice.lake.SessionSettings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Assumptions;

/** A bucket that keeps versions, on the gateway that {@code tests/ceph} started, looked at with a client of its own. */
public final class Bucket {
    private final MinioClient client;
    private final String name;

    private Bucket(MinioClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Makes a bucket; the test is skipped where no gateway runs. */
    public static Bucket versioned() throws Exception {
        Bucket bucket = new Bucket(client(gateway()), "sluice-" + UUID.randomUUID());
        bucket.client.makeBucket(MakeBucketArgs.builder().bucket(bucket.name).build());
        bucket.keepVersions(VersioningConfiguration.Status.ENABLED);
        return bucket;
    }

    /** Makes a bucket that can hold on to objects, and holds none. */
    static Bucket holding() throws Exception {
        Bucket bucket = new Bucket(client(gateway()), "sluice-" + UUID.randomUUID());
        bucket.client.makeBucket(
                MakeBucketArgs.builder().bucket(bucket.name).objectLock(true).build());
        return bucket;
    }

    /** Makes a bucket in which every object is kept for a day. */
    static Bucket locked() throws Exception {
        Bucket bucket = holding();
        bucket.client.setObjectLockConfiguration(SetObjectLockConfigurationArgs.builder()
                .bucket(bucket.name)
                .config(new ObjectLockConfiguration(RetentionMode.COMPLIANCE, new RetentionDurationDays(1)))
                .build());
        return bucket;
    }

    /** Whether a gateway runs. */
    public static boolean isAvailable() {
        return System.getenv("SLUICE_BUCKET") != null;
    }

    private static Properties gateway() throws Exception {
        Assumptions.assumeTrue(isAvailable(), "no object storage was started with tests/ceph");
        Properties gateway = new Properties();
        try (Reader text = Files.newBufferedReader(Path.of(System.getenv("SLUICE_BUCKET")))) {
            gateway.load(text);
        }
        return gateway;
    }

    private static MinioClient client(Properties gateway) {
        System.setProperty("javax.net.ssl.trustStore", gateway.getProperty("trust"));
        System.setProperty("javax.net.ssl.trustStorePassword", gateway.getProperty("trust.password"));
        Configuration hadoop = SessionSettings.open("tests").sparkContext().hadoopConfiguration();
        hadoop.set("fs.s3a.endpoint", gateway.getProperty("endpoint"));
        hadoop.set("fs.s3a.endpoint.region", "us-east-1");
        hadoop.set("fs.s3a.path.style.access", "true");
        hadoop.set("fs.s3a.access.key", gateway.getProperty("user"));
        hadoop.set("fs.s3a.secret.key", gateway.getProperty("secret"));
        return MinioClient.builder()
                .endpoint(gateway.getProperty("plain"))
                .region("us-east-1")
                .credentials(gateway.getProperty("user"), gateway.getProperty("secret"))
                .build();
    }

    /** What a run in a process of its own needs in its environment to reach the gateway. */
    static Map<String, String> environment() throws Exception {
        Properties gateway = gateway();
        Map<String, String> settings = Map.of(
                "javax.net.ssl.trustStore", gateway.getProperty("trust"),
                "javax.net.ssl.trustStorePassword", gateway.getProperty("trust.password"),
                "spark.hadoop.fs.s3a.endpoint", gateway.getProperty("endpoint"),
                "spark.hadoop.fs.s3a.endpoint.region", "us-east-1",
                "spark.hadoop.fs.s3a.path.style.access", "true");
        String options = settings.entrySet().stream()
                .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" "));
        return Map.of(
                "JDK_JAVA_OPTIONS", options,
                "AWS_ACCESS_KEY_ID", gateway.getProperty("user"),
                "AWS_SECRET_ACCESS_KEY", gateway.getProperty("secret"));
    }

    private void keepVersions(VersioningConfiguration.Status status) throws Exception {
        client.setBucketVersioning(SetBucketVersioningArgs.builder()
                .bucket(name)
                .config(new VersioningConfiguration(status, false))
                .build());
    }

    /** Keeps the versions that are there, and no more of those that come. */
    void suspendVersions() throws Exception {
        keepVersions(VersioningConfiguration.Status.SUSPENDED);
    }

    /** Puts a legal hold on an object. */
    void hold(String key) throws Exception {
        client.enableObjectLegalHold(
                EnableObjectLegalHoldArgs.builder().bucket(name).object(key).build());
    }

    void letGo(String key) throws Exception {
        client.disableObjectLegalHold(
                DisableObjectLegalHoldArgs.builder().bucket(name).object(key).build());
    }

    public String name() {
        return name;
    }

    void put(String key, String text) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        client.putObject(PutObjectArgs.builder().bucket(name).object(key).stream(
                        new ByteArrayInputStream(bytes), bytes.length, -1)
                .build());
    }

    /** Deletes as everyone does: the version stays, behind a mark. */
    void delete(String key) throws Exception {
        client.removeObject(RemoveObjectArgs.builder().bucket(name).object(key).build());
    }

    /** Names and ids of all versions and marks. */
    List<String> versions() throws Exception {
        List<String> versions = new ArrayList<>();
        for (Item item : items()) {
            versions.add(item.objectName() + " " + item.versionId());
        }
        return versions;
    }

    /** Writes every version of every object, current or not, to a file of its own. */
    public Path download(Path folder) throws Exception {
        int number = 0;
        for (Item item : items()) {
            Path file = folder.resolve(item.objectName()).resolveSibling("v" + number++ + "-" + name(item));
            Files.createDirectories(file.getParent());
            if (item.isDeleteMarker()) {
                Files.createFile(file);
                continue;
            }
            try (InputStream in = client.getObject(GetObjectArgs.builder()
                    .bucket(name)
                    .object(item.objectName())
                    .versionId(item.versionId())
                    .build())) {
                Files.copy(in, file);
            }
        }
        return folder;
    }

    private static String name(Item item) {
        return item.objectName().substring(item.objectName().lastIndexOf('/') + 1);
    }

    private List<Item> items() throws Exception {
        List<Item> items = new ArrayList<>();
        for (Result<Item> item : client.listObjects(ListObjectsArgs.builder()
                .bucket(name)
                .recursive(true)
                .includeVersions(true)
                .build())) {
            items.add(item.get());
        }
        return items;
    }
}
