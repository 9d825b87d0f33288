package io.sluice.lake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Keeps trouble of the storage apart from trouble with what is stored: only the latter is a reject. */
final class StorageStream extends FilterInputStream {
    StorageStream(InputStream in) {
        super(in);
    }

    @Override
    public int read() {
        try {
            return in.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
