package io.sluice.tests.scrub;

import static io.sluice.tests.scrub.Library.SUBJECT;
import static io.sluice.tests.scrub.Library.subject;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.lake.SessionSettings;
import io.sluice.tests.ChildRun;
import io.sluice.tests.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

final class BucketIT {
    private static final int KILLS = Integer.getInteger("tests.kills", 2);
    private static final long SEED = Long.getLong("tests.seed", 20_260_304);
    private static final int LEAST_MILLIS = 10_000;
    private static final int MOST_MILLIS = 60_000;
    private static final String KEY = "c2x1aWNlLXRlc3RzLXNsdWljZS10ZXN0cy0xMjM0NTY=";

    @TempDir
    private Path folder;

    private Library library = new Library(Path.of(""));

    @BeforeEach
    void recordsReaders() throws IOException {
        library = Library.recorded(folder);
        Files.writeString(folder.resolve("tenant.key"), KEY);
        configure("");
    }

    @Test
    void aSubjectLeavesEveryVersionOfEveryObject() throws Exception {
        Bucket bucket = Bucket.versioned();
        fill(bucket);
        bucket.put("acme/exports/old.js", "http.post('/login', '{\"email\":\"Reader7%40Example.org\"}')");
        bucket.put("acme/exports/old.js", "http.post('/login')");
        bucket.put("acme/landing/notes.txt", "ask " + SUBJECT);
        bucket.delete("acme/landing/notes.txt");
        beginUpload(bucket.name(), "acme/landing/large.parquet");
        Residue residue = Library.tracesUnder(KEY);
        assertThat(residue.in(bucket.download(folder.resolve("before"))))
                .anyMatch(place -> place.contains("old.js"))
                .anyMatch(place -> place.contains("notes.txt"));
        String request = library.request("r1", "purge", subject());
        JsonNode verified = run(bucket, 4, "verify", "--request", request).path("result");
        assertThat(verified.path("hits").toString()).contains("exports/old.js?versionId=");
        assertThat(verified.path("unread").toString()).contains("\"landing/\"", "is not finished cannot be read");

        JsonNode result = run(bucket, 0, "scrub", "--request", request).path("result");

        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("exchangesErased").asInt()).isEqualTo(1);
        assertThat(residue.in(bucket.download(folder.resolve("after")))).isEmpty();
        assertThat(uploads(bucket.name())).isZero();
        run(bucket, 0, "verify", "--request", request);
        assertThat(rows(bucket)).isEqualTo(countedLocally() - 1);
    }

    @Test
    void aSubjectThatStandsInAnEarlierVersionOfAnObjectOnlyLeavesIt() throws Exception {
        library.recordWithoutSubject();
        Bucket bucket = Bucket.versioned();
        fill(bucket);
        bucket.put("acme/exports/old.js", "login('" + SUBJECT + "')");
        bucket.put("acme/exports/old.js", "login()");

        JsonNode result = run(bucket, 0, "scrub", "--request", library.request("r1", "preserve", subject()))
                .path("result");

        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("exchangesErased").asInt()).isZero();
        assertThat(result.path("exportsRemoved")).isEmpty();
        assertThat(Library.tracesUnder(KEY).in(bucket.download(folder.resolve("after"))))
                .isEmpty();
    }

    @Test
    void earlierVersionsOfTablesStayReadableInABucket() throws Exception {
        Bucket bucket = Bucket.versioned();
        fill(bucket);
        String request = library.request("r1", "preserve", subject());

        JsonNode result = run(bucket, 0, "scrub", "--request", request).path("result");

        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(result.path("filesBlanked").asInt()).isPositive();
        assertThat(Library.tracesUnder(KEY).in(bucket.download(folder.resolve("after"))))
                .isEmpty();
        assertThat(rows(bucket, "--as-of", "exchange=1"))
                .as("the row is blank, and still counted")
                .isEqualTo(countedLocally());
        assertThat(rows(bucket)).isEqualTo(countedLocally() - 1);
    }

    @Test
    void nothingIsBegunWhereObjectLockKeepsObjects() throws Exception {
        Bucket bucket = Bucket.locked();
        configure("    root: s3a://" + bucket.name() + "\n"); // without a folder
        fill(bucket);
        List<String> before = withoutLeases(bucket.versions());

        Outcome refused = outcome(bucket, "scrub", "--request", library.request("r1", "purge", subject()));

        assertThat(refused.exitCode()).as(refused.messages()).isEqualTo(3);
        assertThat(refused.messages()).contains("object lock keeps", "lets go of what is there or written now by 20");
        assertThat(withoutLeases(bucket.versions()))
                .as("nothing but that the request was refused is written")
                .filteredOn(version -> !version.startsWith("tables/scrub_request/"))
                .isEqualTo(before);
        assertThat(run(bucket, 4, "audit", "scrubs").at("/result/requests").findValuesAsText("state"))
                .containsExactly("REFUSED");
    }

    @Test
    void whatIsHeldIsRefusedAndDoneOnceItIsLetGo() throws Exception {
        Bucket bucket = Bucket.holding();
        bucket.put("acme/exports/old.js", "http.post('/login', '{\"email\":\"" + SUBJECT + "\"}')");
        fill(bucket);
        bucket.hold("acme/exports/old.js");
        String request = library.request("r1", "purge", subject());

        Outcome refused = outcome(bucket, "scrub", "--request", request);
        assertThat(refused.exitCode()).as(refused.messages()).isEqualTo(3);
        assertThat(refused.messages()).contains("keeps 1 versions of objects, some by a legal hold");

        bucket.letGo("acme/exports/old.js");
        run(bucket, 0, "scrub", "--request", request);
        assertThat(Library.tracesUnder(KEY).in(bucket.download(folder.resolve("after"))))
                .isEmpty();
    }

    @Test
    @Tag("long")
    void moreVersionsThanAreListedAtOnceAreRemovedAlsoWhereNoMoreAreKept() throws Exception {
        Bucket bucket = Bucket.versioned();
        bucket.put("acme/exports/many.js", "ask " + SUBJECT);
        for (int i = 0; i < 1_050; i++) {
            bucket.put("acme/exports/many.js", "version " + i);
        }
        bucket.suspendVersions();
        bucket.put("acme/exports/many.js", "the last");
        bucket.put("acme/exports/one.js", "ask " + SUBJECT);
        fill(bucket);
        String request = library.request("r1", "purge", subject());

        JsonNode result = run(bucket, 0, "scrub", "--request", request).path("result");

        assertThat(result.path("state").asText()).isEqualTo("DONE");
        assertThat(Library.tracesUnder(KEY).in(bucket.download(folder.resolve("after"))))
                .isEmpty();
    }

    @Test
    @Tag("long")
    void aScrubThatWasKilledIsFinishedByTheNext() throws Exception {
        Random random = new Random(SEED);
        int killed = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Bucket bucket = Bucket.versioned();
            fill(bucket);
            run(bucket, 0, "learn");
            String history = kill % 2 == 0 ? "preserve" : "purge";
            String request = library.request("r1", history, subject());
            Process run = ChildRun.start(
                    folder.resolve("killed.log"),
                    Bucket.environment(),
                    List.of(line(bucket, "scrub", "--request", request)));
            killed += ChildRun.killed(run, LEAST_MILLIS + random.nextInt(MOST_MILLIS - LEAST_MILLIS)) ? 1 : 0;

            String which = "kill %d of seed %d, %s".formatted(kill, SEED, history);
            JsonNode result = run(bucket, 0, "scrub", "--request", request).path("result");
            assertThat(result.path("state").asText()).as(which).isEqualTo("DONE");
            assertThat(Library.tracesUnder(KEY).in(bucket.download(folder.resolve("after" + kill))))
                    .as(which)
                    .isEmpty();
            assertThat(rows(bucket)).as(which).isEqualTo(countedLocally() - 1);
            if (history.equals("preserve")) {
                assertThat(rows(bucket, "--as-of", "exchange=1")).as(which).isEqualTo(countedLocally());
            }
        }
        assertThat(killed).as("runs that were killed before they were done").isPositive();
    }

    private static List<String> withoutLeases(List<String> versions) {
        return versions.stream()
                .filter(version -> !version.startsWith("control/lease/"))
                .toList();
    }

    private void configure(String more) throws IOException {
        String key = "tenants:\n  acme:\n    key: file:" + folder.resolve("tenant.key") + "\n";
        Files.writeString(folder.resolve("tenants.yaml"), key + more);
    }

    private void fill(Bucket bucket) {
        run(bucket, 0, "import", library.recordings().toString());
        run(bucket, 0, "ingest");
    }

    private int countedLocally() {
        if (!Files.exists(folder.resolve("local"))) {
            library.importAndIngest("local");
        }
        return library.answer("local", "SELECT count(*) FROM exchange")
                .at("/0/0")
                .asInt();
    }

    private int rows(Bucket bucket, String... options) {
        String[] query = Stream.concat(
                        Arrays.stream(options), Stream.of("--format", "json", "SELECT count(*) FROM exchange"))
                .toArray(String[]::new);
        return run(bucket, 0, "sql", query).at("/result/answer/0/0").asInt();
    }

    private JsonNode run(Bucket bucket, int exitCode, String command, String... more) {
        Outcome outcome = outcome(bucket, command, more);
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.messages()).isEqualTo(exitCode);
        return outcome.document();
    }

    private Outcome outcome(Bucket bucket, String command, String... more) {
        return Outcome.of(line(bucket, command, more));
    }

    private String[] line(Bucket bucket, String command, String... more) {
        String config = folder.resolve("tenants.yaml").toString();
        return Stream.concat(
                        Stream.of(command, "--tenant", "acme", "--lake", "s3a://" + bucket.name(), "--config", config),
                        Arrays.stream(more))
                .toArray(String[]::new);
    }

    private static void beginUpload(String bucket, String key) throws IOException {
        S3Client client = client(bucket);
        String upload = client.createMultipartUpload(
                        begun -> begun.bucket(bucket).key(key))
                .uploadId();
        client.uploadPart(
                part -> part.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromString("ask " + SUBJECT));
    }

    private static int uploads(String bucket) throws IOException {
        return client(bucket)
                .listMultipartUploads(request -> request.bucket(bucket))
                .uploads()
                .size();
    }

    private static S3Client client(String bucket) throws IOException {
        S3AFileSystem files = (S3AFileSystem) new org.apache.hadoop.fs.Path("s3a://" + bucket)
                .getFileSystem(SessionSettings.open("tests").sessionState().newHadoopConf());
        return files.getS3AInternals().getAmazonS3Client("unfinished uploads");
    }
}
