package io.sluice.scrub.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** The bytes of one file, open for reading at any place. */
final class FileBytes implements AutoCloseable {
    private static final int WINDOW_BYTES = 1 << 12;

    private final SeekableInputStream in;
    private final long length;

    FileBytes(InputFile file) throws IOException {
        length = file.getLength();
        in = file.newStream();
    }

    long length() {
        return length;
    }

    byte[] read(long offset, int count) throws IOException {
        byte[] bytes = new byte[count];
        in.seek(offset);
        in.readFully(bytes);
        return bytes;
    }

    /** A Thrift structure whose length is unknown, at most as long as what lies between {@code offset} and {@code end}. */
    <T> Sized<T> read(long offset, long end, Parser<T> parser) throws IOException {
        for (int window = WINDOW_BYTES; ; window *= 16) {
            int count = (int) Math.min(window, end - offset);
            try {
                return Sized.of(ByteBuffer.wrap(read(offset, count)), parser);
            } catch (IOException e) {
                if (count == end - offset) {
                    throw e;
                }
            }
        }
    }

    static byte[] of(BytesInput input) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(input.size()));
        input.writeAllTo(bytes);
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Reads one Thrift structure. */
    interface Parser<T> {
        T parse(InputStream in) throws IOException;
    }

    /** A structure with the number of bytes that it took. */
    record Sized<T>(T value, int length) {
        static <T> Sized<T> of(ByteBuffer bytes, Parser<T> parser) throws IOException {
            ByteArrayInputStream in =
                    new ByteArrayInputStream(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            T value = parser.parse(in);
            return new Sized<>(value, bytes.remaining() - in.available());
        }
    }
}
