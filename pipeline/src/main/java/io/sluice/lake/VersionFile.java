package io.sluice.lake;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.IOUtils;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** One version of an object, current or not; a mark of deletion has no bytes. */
final class VersionFile implements InputFile {
    private static final int MOST_TRIES = 4;

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final StoredObject version;

    VersionFile(S3Client client, String bucket, String key, StoredObject version) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.version = version;
    }

    @Override
    public long getLength() {
        return version.bytes();
    }

    @Override
    public SeekableInputStream newStream() {
        Ranges ranges = new Ranges();
        return new DelegatingSeekableInputStream(ranges) {
            @Override
            public long getPos() {
                return ranges.position;
            }

            @Override
            public void seek(long position) {
                ranges.seek(position);
            }
        };
    }

    /** Reads on from where it is, by one request for each time that it is put elsewhere. */
    private final class Ranges extends InputStream {
        private long position;
        private @Nullable ResponseInputStream<GetObjectResponse> open;

        void seek(long target) {
            if (target != position) {
                close();
                position = target;
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (position >= version.bytes()) {
                return -1;
            }
            int read = readOrAgain(target, offset, length);
            position += Math.max(0, read);
            return read;
        }

        private int readOrAgain(byte[] target, int offset, int length) throws IOException {
            for (int tries = 1; ; tries++) {
                try {
                    return opened().read(target, offset, length);
                } catch (IOException | SdkException e) {
                    close();
                    if (tries == MOST_TRIES) {
                        throw new IOException(e);
                    }
                }
            }
        }

        private InputStream opened() {
            ResponseInputStream<GetObjectResponse> stream = open;
            if (stream == null) {
                stream = client.getObject(request -> request.bucket(bucket)
                        .key(key)
                        .versionId(version.version())
                        .range("bytes=" + position + "-"));
                open = stream;
            }
            return stream;
        }

        @Override
        public void close() {
            if (open != null && position < version.bytes()) {
                open.abort(); // what is left of it is not wanted
            } else if (open != null) {
                IOUtils.closeQuietly(open); // its connection serves the next one
            }
            open = null;
        }
    }
}
