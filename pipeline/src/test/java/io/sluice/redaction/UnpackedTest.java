package io.sluice.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class UnpackedTest {
    private static final int LIMIT = 1 << 20;
    private static final byte[] BODY = "{\"a\":\"aaaaaaaaaaaaaaaaaaaaaaaaaa\"}".getBytes(StandardCharsets.UTF_8);

    private interface Packer {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] packed(byte[] body, Packer packer) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream packing = packer.around(out)) {
            packing.write(body);
        }
        return out.toByteArray();
    }

    @Test
    void unpacksEveryCoding() throws IOException {
        byte[] brotli = HexFormat.of().parseHex("0b028068656c6c6f03"); // "hello", stored
        assertThat(Unpacked.of(packed(BODY, GZIPOutputStream::new), "gzip", LIMIT)
                        .body())
                .isEqualTo(BODY);
        assertThat(Unpacked.of(packed(BODY, DeflaterOutputStream::new), "deflate", LIMIT)
                        .body())
                .isEqualTo(BODY);
        assertThat(Unpacked.of(
                                packed(BODY, out -> new DeflaterOutputStream(out, new Deflater(9, true))),
                                "deflate",
                                LIMIT)
                        .body())
                .isEqualTo(BODY);
        assertThat(Unpacked.of(Zstd.compress(BODY), "zstd", LIMIT).body()).isEqualTo(BODY);
        assertThat(Unpacked.of(brotli, "BR", LIMIT).body()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
        Unpacked twice = Unpacked.of(Zstd.compress(packed(BODY, GZIPOutputStream::new)), "gzip, zstd", LIMIT);
        assertThat(twice.body()).isEqualTo(BODY);
        assertThat(twice.flags()).containsExactly(Unpacked.DECODED);
    }

    @Test
    void leavesTextThatTheRecorderHasUnpacked() {
        byte[] script =
                ";(function () { return 'ä'; })()".getBytes(StandardCharsets.UTF_8); // brotli reads ; as its end
        for (String coding : new String[] {"gzip", "deflate", "br", "zstd"}) {
            for (byte[] text : new byte[][] {BODY, script}) {
                Unpacked unpacked = Unpacked.of(text, coding, LIMIT);
                assertThat(unpacked.body()).as(coding).isEqualTo(text);
                assertThat(unpacked.flags()).as(coding).containsExactly(Unpacked.DECODED);
            }
        }
    }

    @Test
    void leavesWhatOnlyClaimsToBePacked() {
        byte[] noise = HexFormat.of().parseHex("89504e470d0a1a0a00ff00fe00fd");
        for (String coding : new String[] {"gzip", "zstd", "rot13"}) {
            Unpacked unpacked = Unpacked.of(noise, coding, LIMIT);
            assertThat(unpacked.body()).as(coding).isEqualTo(noise);
            assertThat(unpacked.flags()).as(coding).containsExactly(Unpacked.UNDECODABLE);
        }
        assertThat(Unpacked.of(BODY, "rot13", LIMIT).flags()).containsExactly(Unpacked.UNDECODABLE);
    }

    @Test
    void keepsWhatComesBeforeABreak() throws IOException {
        byte[] large = new byte[100_000];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) ((i * 31) >>> 3);
        }
        byte[] gzip = packed(large, GZIPOutputStream::new);
        Unpacked unpacked = Unpacked.of(Arrays.copyOf(gzip, gzip.length / 2), "gzip", LIMIT);
        assertThat(unpacked.flags()).containsExactly(Unpacked.DECODED, Unpacked.TRUNCATED);
        assertThat(unpacked.body()).isEqualTo(Arrays.copyOf(large, unpacked.body().length));
    }

    @Test
    void stopsABombAtTheLimit() throws IOException {
        Unpacked unpacked = Unpacked.of(packed(new byte[LIMIT * 20], GZIPOutputStream::new), "gzip", LIMIT);
        assertThat(unpacked.body()).hasSize(LIMIT);
        assertThat(unpacked.flags()).containsExactly(Unpacked.DECODED, Unpacked.TRUNCATED);
    }
}
