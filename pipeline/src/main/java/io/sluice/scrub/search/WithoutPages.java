package io.sluice.scrub.search;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.io.input.TeeInputStream;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a Parquet file with zeros for the compressed pages that {@link ParquetScan} decodes: in what compression made of them,
 * one value may seem to end where another begins. So may it by chance in the bits of Bloom filters, which spell nothing. Headers,
 * indexes, the footer and whatever lies between stay as they are.
 */
final class WithoutPages extends InputStream {
    /**
     * The bytes of a column in a row group, how many values its reader takes from it, and whether all of them are said to stand
     * in its dictionary, so that pages of data are not always decoded; or those of its Bloom filter.
     */
    private record Chunk(
            long begin, long end, long values, boolean hasDictionary, boolean isAllInDictionary, boolean isFilter) {
        private static Chunk of(ColumnChunkMetaData column) {
            return new Chunk(
                    column.getStartingPos(),
                    column.getStartingPos() + column.getTotalSize(),
                    column.getValueCount(),
                    column.hasDictionaryPage(),
                    ParquetScan.isAllInDictionary(column),
                    false);
        }

        private static Chunk ofFilter(ColumnChunkMetaData column) {
            long begin = column.getBloomFilterOffset();
            return new Chunk(begin, begin + column.getBloomFilterLength(), 0, false, false, true);
        }

        private boolean overlaps(ColumnChunkMetaData column) {
            return begin < column.getStartingPos() + column.getTotalSize() && column.getStartingPos() < end;
        }
    }

    private final InputStream in;
    private final Deque<Chunk> chunks;
    private @Nullable Chunk current;
    private long position;
    private long valuesSeen;
    private byte[] header = new byte[0];
    private int headerRead;
    private long pageLeft;
    private boolean isPageLeftOut;
    private long leftOut;

    private WithoutPages(InputStream in, List<Chunk> chunks) {
        this.in = in;
        this.chunks = new ArrayDeque<>(chunks);
    }

    /** Reads the footer of {@code file} and then, through {@code in}, all of it; one without a footer is given as it is. */
    static WithoutPages of(InputFile file, InputStream in) {
        try (ParquetFileReader reader =
                ParquetFileReader.open(file, ParquetReadOptions.builder().build())) {
            List<ColumnChunkMetaData> columns = reader.getRowGroups().stream()
                    .flatMap(group -> group.getColumns().stream())
                    .toList();
            Stream<Chunk> pages = reader.getRowGroups().stream()
                    .filter(WithoutPages::hasEachColumnOnce)
                    .flatMap(group -> group.getColumns().stream())
                    .filter(WithoutPages::isCompressedText)
                    .map(Chunk::of);
            Stream<Chunk> filters = columns.stream()
                    .filter(column -> column.getBloomFilterOffset() >= 0 && column.getBloomFilterLength() > 0)
                    .map(Chunk::ofFilter)
                    .filter(filter -> columns.stream().noneMatch(filter::overlaps)); // else a footer could hide values
            return new WithoutPages(
                    in,
                    Stream.concat(pages, filters)
                            .sorted(Comparator.comparingLong(Chunk::begin))
                            .toList());
        } catch (IOException | RuntimeException damaged) {
            return new WithoutPages(in, List.of());
        }
    }

    private static boolean hasEachColumnOnce(BlockMetaData group) {
        return group.getColumns().stream()
                        .map(ColumnChunkMetaData::getPath)
                        .distinct()
                        .count()
                == group.getColumns().size();
    }

    /** What is not compressed needs no leaving out: its values stand there as they are, and what lies behind them too. */
    private static boolean isCompressedText(ColumnChunkMetaData chunk) {
        PrimitiveTypeName type = chunk.getPrimitiveType().getPrimitiveTypeName();
        return (type == PrimitiveTypeName.BINARY || type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                && chunk.getCodec() != CompressionCodecName.UNCOMPRESSED;
    }

    /** How many zeros were given so far. */
    long leftOut() {
        return leftOut;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (pageLeft == 0 && headerRead == header.length) {
            beginPage();
        }
        if (headerRead < header.length) {
            int count = Math.min(length, header.length - headerRead);
            System.arraycopy(header, headerRead, target, offset, count);
            headerRead += count;
            return count;
        }
        int read = in.read(target, offset, (int) Math.min(length, pageLeft > 0 ? pageLeft : untilNextChunk()));
        position += Math.max(0, read);
        if (pageLeft > 0 && read > 0) {
            pageLeft -= read;
            if (isPageLeftOut) {
                Arrays.fill(target, offset, offset + read, (byte) 0);
                leftOut += read;
            }
        }
        return read;
    }

    private long untilNextChunk() {
        return chunks.isEmpty() ? Long.MAX_VALUE : chunks.getFirst().begin - position;
    }

    /** Reads the header of the page that begins here, if one does. */
    private void beginPage() {
        Chunk chunk = chunkHere();
        if (chunk == null) {
            return;
        }
        boolean isFirst = position == chunk.begin;
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try {
            InputStream begun = new TeeInputStream(in, copy);
            if (chunk.isFilter) {
                int bits = Util.readBloomFilterHeader(begun).getNumBytes();
                pageLeft = chunk.end - position - copy.size();
                isPageLeftOut = bits == pageLeft;
            } else {
                PageHeader page = Util.readPageHeader(begun);
                isPageLeftOut = isDecoded(page, isFirst, chunk);
                pageLeft = Math.min(page.getCompressed_page_size(), chunk.end - position - copy.size());
            }
            pageLeft = Math.max(0, pageLeft);
        } catch (IOException | RuntimeException noHeader) {
            current = null;
            chunks.clear(); // all from here on is given as it is
        }
        header = copy.toByteArray();
        headerRead = 0;
        position += header.length;
    }

    /** The chunk of which more is to come, or the one that begins here; what goes beyond its values nobody decodes. */
    private @Nullable Chunk chunkHere() {
        if (current != null && position < current.end && valuesSeen < current.values) {
            return current;
        }
        current = null;
        while (!chunks.isEmpty() && chunks.getFirst().begin < position) {
            chunks.removeFirst(); // it overlaps the one before
        }
        if (!chunks.isEmpty() && chunks.getFirst().begin == position) {
            current = chunks.removeFirst();
            valuesSeen = 0;
        }
        return current;
    }

    /** Whether the reader of a chunk decodes a page, or it holds but numbers of entries in a dictionary. */
    private boolean isDecoded(PageHeader page, boolean isFirst, Chunk chunk) {
        if (page.isSetData_page_header()) {
            valuesSeen += page.getData_page_header().getNum_values();
            return !chunk.isAllInDictionary
                    || isOfDictionary(page.getData_page_header().getEncoding());
        }
        if (page.isSetData_page_header_v2()) {
            valuesSeen += page.getData_page_header_v2().getNum_values();
            return !chunk.isAllInDictionary
                    || isOfDictionary(page.getData_page_header_v2().getEncoding());
        }
        return page.isSetDictionary_page_header() && isFirst && chunk.hasDictionary;
    }

    private static boolean isOfDictionary(Encoding encoding) {
        return encoding == Encoding.PLAIN_DICTIONARY || encoding == Encoding.RLE_DICTIONARY;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
