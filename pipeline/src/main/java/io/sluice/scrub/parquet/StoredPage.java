package io.sluice.scrub.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;

/** A page as it lies in a file: its header, which takes the first {@code headerLength} bytes, and its body. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredPage(PageHeader header, int headerLength, byte[] bytes) {
    static StoredPage parse(byte[] bytes) throws IOException, RefusedException {
        FileBytes.Sized<PageHeader> header = FileBytes.Sized.of(ByteBuffer.wrap(bytes), Util::readPageHeader);
        if (header.length() + header.value().getCompressed_page_size() != bytes.length) {
            throw new RefusedException("a page is not as long as it says");
        }
        return new StoredPage(header.value(), header.length(), bytes);
    }

    ByteBuffer body() {
        return ByteBuffer.wrap(bytes).slice(headerLength, bytes.length - headerLength);
    }

    /** Bytes of header and body when nothing is compressed. */
    long uncompressedLength() {
        return (long) headerLength + header.getUncompressed_page_size();
    }
}
