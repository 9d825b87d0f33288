package io.sluice.scrub.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;

/** Makes files whose footer says something else, in the same length; a longer footer takes the room of padding. */
final class FooterEdit {
    private FooterEdit() {}

    static MemoryFile of(MemoryFile file, Consumer<FileMetaData> change) throws IOException {
        FileMetaData metadata = metadata(file);
        change.accept(metadata);
        byte[] bytes = file.bytes().clone();
        int start = start(bytes);
        byte[] footer = Footer.bytes(metadata);
        int newStart = bytes.length - Footer.TAIL_BYTES - footer.length;
        for (int i = newStart; i < start; i++) {
            if (bytes[i] != 0) {
                throw new IllegalArgumentException("there is no room for the longer footer");
            }
        }
        Arrays.fill(bytes, start, bytes.length - Footer.TAIL_BYTES, (byte) 0);
        System.arraycopy(footer, 0, bytes, newStart, footer.length);
        little(bytes).putInt(bytes.length - Footer.TAIL_BYTES, footer.length);
        return new MemoryFile(bytes);
    }

    static FileMetaData metadata(MemoryFile file) throws IOException {
        int start = start(file.bytes());
        return Util.readFileMetaData(new ByteArrayInputStream(file.bytes(), start, file.bytes().length - start));
    }

    static int start(byte[] bytes) {
        return bytes.length - Footer.TAIL_BYTES - little(bytes).getInt(bytes.length - Footer.TAIL_BYTES);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
