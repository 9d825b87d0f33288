package io.sluice.scrub.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** The codecs of one attempt to rewrite a file. */
final class Compression implements AutoCloseable {
    private static final Set<CompressionCodec> KNOWN = Set.of(
            CompressionCodec.UNCOMPRESSED, CompressionCodec.SNAPPY, CompressionCodec.GZIP, CompressionCodec.ZSTD);
    private static final int PAGE_BYTES = 1 << 20;

    private final Effort effort;
    private final CodecFactory codecs;

    Compression(Effort effort) {
        this.effort = effort;
        codecs = new CodecFactory(effort.configuration(), PAGE_BYTES);
    }

    Effort effort() {
        return effort;
    }

    /** The codec in which a changed chunk is written that had {@code old}. */
    CompressionCodec codecAfter(CompressionCodec old) {
        return effort == Effort.WHOLE_CHUNK ? CompressionCodec.ZSTD : old;
    }

    byte[] compress(CompressionCodec codec, byte[] bytes) throws IOException, RefusedException {
        return FileBytes.of(codecs.getCompressor(known(codec)).compress(BytesInput.from(bytes)));
    }

    ByteBuffer decompress(CompressionCodec codec, ByteBuffer bytes, int length) throws IOException, RefusedException {
        if (codec == CompressionCodec.UNCOMPRESSED || length == 0) {
            return bytes;
        }
        BytesInput decompressed = codecs.getDecompressor(known(codec)).decompress(BytesInput.from(bytes), length);
        return ByteBuffer.wrap(FileBytes.of(decompressed));
    }

    @Override
    public void close() {
        codecs.release();
    }

    private static CompressionCodecName known(CompressionCodec codec) throws RefusedException {
        if (!KNOWN.contains(codec)) {
            throw new RefusedException("a column to blank is compressed with " + codec);
        }
        return CompressionCodecName.fromParquet(codec);
    }
}
