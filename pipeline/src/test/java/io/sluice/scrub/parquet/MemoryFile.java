package io.sluice.scrub.parquet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/** A file that is held in memory. */
final class MemoryFile implements InputFile, OutputFile {
    private byte[] bytes;

    MemoryFile(byte... bytes) {
        this.bytes = bytes;
    }

    byte[] bytes() {
        return bytes;
    }

    @Override
    public long getLength() {
        return bytes.length;
    }

    @Override
    public SeekableInputStream newStream() {
        Cursor cursor = new Cursor(bytes);
        return new DelegatingSeekableInputStream(cursor) {
            @Override
            public long getPos() {
                return cursor.position();
            }

            @Override
            public void seek(long position) throws IOException {
                cursor.seek(position);
            }
        };
    }

    @Override
    public PositionOutputStream create(long blockSize) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return new PositionOutputStream() {
            @Override
            public long getPos() {
                return out.size();
            }

            @Override
            public void write(int octet) {
                out.write(octet);
            }

            @Override
            public void write(byte[] from, int offset, int count) {
                out.write(from, offset, count);
            }

            @Override
            public void close() {
                bytes = out.toByteArray();
            }
        };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSize) {
        return create(blockSize);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    /** Whether {@code wanted} stands somewhere in {@code bytes}. */
    static boolean contains(byte[] bytes, byte[] wanted) {
        ByteBuffer pattern = ByteBuffer.wrap(wanted);
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (bytes[i] == wanted[0]
                    && ByteBuffer.wrap(bytes, i, wanted.length).equals(pattern)) {
                return true;
            }
        }
        return false;
    }

    private static final class Cursor extends ByteArrayInputStream {
        Cursor(byte[] bytes) {
            super(bytes);
        }

        long position() {
            return pos;
        }

        void seek(long position) throws IOException {
            if (position < 0 || position > count) {
                throw new IOException("no place " + position + " in " + count + " bytes");
            }
            pos = (int) position;
        }
    }
}
