package io.sluice.scrub.parquet;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.HadoopParquetConfiguration;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.internal.hadoop.metadata.IndexReference;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/** One of the two files of a check, as records and as bytes: what its footer points at, and whether anything lies between. */
final class CheckedFile implements AutoCloseable {
    private static final int TAIL_BYTES = 8;
    private static final int WINDOW_BYTES = 1 << 20;

    private final ParquetFileReader reader;
    private final SeekableInputStream in;
    private final long length;
    private final long start;
    private final TreeMap<Long, Long> known = new TreeMap<>();

    CheckedFile(InputFile file) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(
                        new HadoopParquetConfiguration(new Configuration(false)))
                .usePageChecksumVerification()
                .build();
        reader = ParquetFileReader.open(file, options);
        length = file.getLength();
        in = file.newStream();
        ByteBuffer tail = ByteBuffer.wrap(read(new Stretch(length - TAIL_BYTES, TAIL_BYTES)))
                .order(ByteOrder.LITTLE_ENDIAN);
        int footer = tail.getInt();
        start = length - TAIL_BYTES - footer;
        known.put(start, (long) footer);
    }

    /** Bytes from {@code offset} on. */
    record Stretch(long offset, long length) {
        Stretch part(long from, int atMost) {
            return new Stretch(offset + from, Math.min(atMost, length - from));
        }
    }

    /** A page with its header. */
    record WholePage(PageHeader header, Stretch stretch) {
        boolean hasStatistics() {
            return header.isSetData_page_header()
                    ? header.getData_page_header().isSetStatistics()
                    : header.isSetData_page_header_v2()
                            && header.getData_page_header_v2().isSetStatistics();
        }
    }

    ParquetFileReader reader() {
        return reader;
    }

    long length() {
        return length;
    }

    FileMetaData footer() throws IOException {
        return Util.readFileMetaData(new ByteArrayInputStream(read(new Stretch(start, length - TAIL_BYTES - start))));
    }

    /** The bytes that every Parquet file begins with. */
    Stretch magic() {
        return new Stretch(0, Integer.BYTES);
    }

    Stretch chunk(ColumnChunkMetaData chunk) {
        return know(new Stretch(chunk.getStartingPos(), chunk.getTotalSize()));
    }

    Stretch index(@Nullable IndexReference index) {
        return index == null ? new Stretch(0, 0) : know(new Stretch(index.getOffset(), index.getLength()));
    }

    Stretch filter(ColumnChunkMetaData chunk) throws IOException {
        long offset = chunk.getBloomFilterOffset();
        if (offset < 0) {
            return new Stretch(0, 0);
        }
        ByteArrayInputStream bytes = new ByteArrayInputStream(read(new Stretch(offset, length - offset).part(0, 64)));
        int available = bytes.available();
        BloomFilterHeader header = Util.readBloomFilterHeader(bytes);
        return know(new Stretch(offset, available - bytes.available() + header.getNumBytes()));
    }

    List<PageLocation> locations(IndexReference index) throws IOException {
        return Util.readOffsetIndex(new ByteArrayInputStream(read(index(index))))
                .getPage_locations();
    }

    List<WholePage> pages(ColumnChunkMetaData chunk) throws IOException {
        List<WholePage> pages = new ArrayList<>();
        Stretch all = chunk(chunk);
        for (long at = 0; at < all.length; ) {
            byte[] window = read(all.part(at, WINDOW_BYTES)); // more than any header takes
            ByteArrayInputStream bytes = new ByteArrayInputStream(window);
            PageHeader header = Util.readPageHeader(bytes);
            int size = window.length - bytes.available() + header.getCompressed_page_size();
            if (size > all.length - at) {
                throw new IOException("a page runs over the end of its column chunk");
            }
            pages.add(new WholePage(header, all.part(at, size)));
            at += size;
        }
        return pages;
    }

    byte[] read(Stretch stretch) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(stretch.length)];
        in.seek(stretch.offset);
        in.readFully(bytes);
        return bytes;
    }

    boolean sameBytes(Stretch mine, CheckedFile other, Stretch its) throws IOException {
        boolean same = mine.length == its.length;
        for (long at = 0; same && at < mine.length; at += WINDOW_BYTES) {
            same = Arrays.equals(read(mine.part(at, WINDOW_BYTES)), other.read(its.part(at, WINDOW_BYTES)));
        }
        return same;
    }

    /** Adds where bytes lie that nothing points at, unless they are zero: old values may lie there, unseen. */
    void findBytesBetween(List<String> problems) throws IOException {
        long end = Integer.BYTES;
        for (Map.Entry<Long, Long> stretch : known.entrySet()) {
            if (stretch.getKey() < end) {
                problems.add("what lies at " + stretch.getKey() + " overlaps what lies before it");
            }
            Stretch gap = new Stretch(end, stretch.getKey() - end);
            for (long at = 0; at < gap.length; at += WINDOW_BYTES) {
                byte[] bytes = read(gap.part(at, WINDOW_BYTES));
                if (!Arrays.equals(bytes, new byte[bytes.length])) {
                    problems.add("bytes that belong to nothing are not zero at " + (end + at));
                }
            }
            end = stretch.getKey() + stretch.getValue();
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
        in.close();
    }

    private Stretch know(Stretch stretch) {
        known.put(stretch.offset, stretch.length);
        return stretch;
    }
}
