package io.sluice.scrub.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

final class DeflateStartTest {
    private static final int ENOUGH = 12;

    @Test
    void nothingThatWasPackedIsPassedOver() throws IOException {
        Random random = new Random(7);
        for (int strategy : new int[] {Deflater.DEFAULT_STRATEGY, Deflater.HUFFMAN_ONLY, Deflater.FILTERED}) {
            for (int level = 0; level <= 9; level++) {
                for (int length = ENOUGH; length < 3_000; length += 1 + random.nextInt(200)) {
                    byte[] packed = packed(text(random, length), level, strategy);
                    assertThat(DeflateStart.mayYield(ENOUGH, packed, 0, packed.length))
                            .as("level %d, strategy %d, %d bytes", level, strategy, length)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void fewBytesOfOtherMeaningAreTriedAtAll() {
        Random random = new Random(7);
        byte[] bytes = new byte[64];
        int tried = 0;
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(bytes);
            tried += DeflateStart.mayYield(ENOUGH, bytes, 0, bytes.length) ? 1 : 0;
        }
        assertThat(tried).isLessThan(5_000);
    }

    private static byte[] text(Random random, int length) {
        byte[] text = new byte[length];
        int repeated = 1 + random.nextInt(length);
        for (int i = 0; i < length; i++) {
            text[i] = i < repeated ? (byte) random.nextInt(' ', 0x100) : text[i - repeated];
        }
        return text;
    }

    private static byte[] packed(byte[] bytes, int level, int strategy) throws IOException {
        Deflater deflater = new Deflater(level, true);
        deflater.setStrategy(strategy);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream packing = new DeflaterOutputStream(out, deflater)) {
            packing.write(bytes);
        }
        return out.toByteArray();
    }
}
