package io.sluice.scrub.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;

/** Small numbers as Parquet's mix of runs and packed bits: levels and places in a dictionary. */
final class Runs {
    private static final int SLAB_BYTES = 1 << 10;
    private static final int PAGE_BYTES = 1 << 20;

    private Runs() {}

    static int width(int largest) {
        return BytesUtils.getWidthFromMaxInt(largest);
    }

    static int[] read(ByteBuffer bytes, int width, int count) throws IOException {
        int[] numbers = new int[count];
        if (width > 0) {
            RunLengthBitPackingHybridDecoder decoder =
                    new RunLengthBitPackingHybridDecoder(width, ByteBufferInputStream.wrap(bytes.slice()));
            for (int i = 0; i < count; i++) {
                numbers[i] = decoder.readInt();
            }
        }
        return numbers;
    }

    static byte[] write(int[] numbers, int width) throws IOException {
        try (RunLengthBitPackingHybridEncoder encoder = new RunLengthBitPackingHybridEncoder(
                width, SLAB_BYTES, PAGE_BYTES, HeapByteBufferAllocator.getInstance())) {
            for (int number : numbers) {
                encoder.writeInt(number);
            }
            return FileBytes.of(encoder.toBytes());
        }
    }
}
