package io.sluice.capture;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class CaptureIntakeTest {
    private static final String ENTRY =
            "{\"startedDateTime\": \"2026-01-02T03:04:05Z\", \"request\": {\"method\": \"GET\", \"url\": \"/\"}}";
    private static final byte[] HAR =
            ("{\"log\": {\"entries\": [" + (ENTRY + ",").repeat(400) + ENTRY + "]}}").getBytes(UTF_8);

    @Test
    void unpacksWhateverTheNameSays() throws IOException {
        assertThat(Collected.of("a.har.gz", gzip(HAR)).exchanges).hasSize(401);
        assertThat(Collected.of("a", gzip(HAR)).exchanges).hasSize(401);
        assertThat(Collected.of("a.har.zst", Zstd.compress(HAR)).exchanges).hasSize(401);
        assertThat(Collected.of("a.zhar", zlib(HAR)).exchanges).hasSize(401);
        assertThat(Collected.of("a.har.gz", HAR).exchanges).hasSize(401);
    }

    @Test
    void readsUtf16() {
        byte[] text = ("\uFEFF" + new String(HAR, UTF_8)).getBytes(UTF_16LE);
        assertThat(Collected.of("a.har", text).exchanges).hasSize(401);
    }

    @Test
    void keepsWhatComesBeforeTheDamageOfAPackedFile() throws IOException {
        byte[] noise = new byte[400_000];
        new java.util.Random(1).nextBytes(noise);
        String body = java.util.Base64.getEncoder().encodeToString(noise);
        String entries = (ENTRY + ",").repeat(100) + ENTRY.replace("\"/\"", "\"/" + body + "\"") + "," + ENTRY;
        byte[] packed = gzip(("{\"log\": {\"entries\": [" + entries + "]}}").getBytes(UTF_8));
        Collected found = Collected.of("a.har.gz", Arrays.copyOf(packed, packed.length - 1_000));
        assertThat(found.exchanges).hasSize(100);
        assertThat(found.reasons()).containsExactly(RejectReason.CORRUPT_COMPRESSION);
        Collected beginning = Collected.of("a.har.gz", Arrays.copyOf(packed, 5));
        assertThat(beginning.reasons()).containsExactly(RejectReason.CORRUPT_COMPRESSION);
    }

    @Test
    void passesOverFilesThatLieBesideCaptures() {
        for (String text : new String[] {"# Read me", "{\"id\": 1, \"services\": []}", "[{\"type\": \"http\"}]"}) {
            Collected found = Collected.of("notes.json", text);
            if (text.startsWith("#")) {
                assertThat(found.reasons()).containsExactly(RejectReason.NOT_JSON);
                found = Collected.of("README.md", text);
            }
            assertThat(found.verdict).isEqualTo(new CaptureIntake.Verdict(null, "not_a_capture"));
            assertThat(found.rejects).isEmpty();
        }
    }

    @Test
    void rejectsAFileThatShouldBeACaptureAndIsNone() {
        byte[] unknown = "4:abcd,".getBytes(UTF_8);
        assertThat(Collected.of("flows.mitm", unknown).reasons()).containsExactly(RejectReason.UNKNOWN_FORMAT);
        assertThat(Collected.of(new CaptureSource("flows"), unknown, true).reasons())
                .containsExactly(RejectReason.UNKNOWN_FORMAT);
        assertThat(Collected.of("a.har", new byte[0]).reasons()).containsExactly(RejectReason.EMPTY);
    }

    @Test
    void saysWhenAnArchiveHoldsNoExchange() {
        Collected found = Collected.of("a.har", "{\"log\": {\"version\": \"1.2\", \"entries\": []}}");
        assertThat(found.verdict).isEqualTo(new CaptureIntake.Verdict(CaptureFormat.HAR, "no_exchange"));
    }

    @Test
    void readsAsTheFormatAskedFor() throws IOException {
        Collected sink = new Collected();
        new CaptureIntake(CaptureFormat.RRPAIR)
                .read(new java.io.ByteArrayInputStream(HAR), new CaptureSource("a.har"), false, sink);
        assertThat(sink.reasons()).containsExactly(RejectReason.NOT_HTTP);
    }

    @Test
    void namesTheServiceAskedFor() {
        Collected found = Collected.of(new CaptureSource("a.har", "shop", 1 << 20), HAR, true);
        assertThat(found.exchanges).extracting(CapturedExchange::service).containsOnly("shop");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] zlib(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}
