package io.sluice.lake;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/** A file that is fetched as a whole when it is first read, and kept: of a small one, each request costs more than its bytes. */
final class SmallFile implements InputFile {
    private final InputFile file;
    private byte @Nullable [] bytes;

    SmallFile(InputFile file) {
        this.file = file;
    }

    @Override
    public long getLength() throws IOException {
        return bytes().length;
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        Bytes stream = new Bytes(bytes());
        return new DelegatingSeekableInputStream(stream) {
            @Override
            public long getPos() {
                return stream.position();
            }

            @Override
            public void seek(long position) throws EOFException {
                stream.seek(position);
            }
        };
    }

    private byte[] bytes() throws IOException {
        byte[] read = bytes;
        if (read == null) {
            try (InputStream in = file.newStream()) {
                read = in.readAllBytes();
            }
            bytes = read;
        }
        return read;
    }

    private static final class Bytes extends ByteArrayInputStream {
        Bytes(byte[] bytes) {
            super(bytes);
        }

        long position() {
            return pos;
        }

        void seek(long position) throws EOFException {
            if (position < 0 || position > count) { // as a damaged footer may ask for
                throw new EOFException("no place " + position + " in " + count + " bytes");
            }
            pos = (int) position;
        }
    }
}
