package io.sluice.scrub.parquet;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.MessageType;

/** A made-up file, the rows of an invented subject in it, and what is to be done to them; all from one seed. */
record RandomCase(MemoryFile file, Plan plan, RowPositions rows, Marker marker) {
    private static final List<CompressionCodecName> CODECS = List.of(
            CompressionCodecName.UNCOMPRESSED,
            CompressionCodecName.SNAPPY,
            CompressionCodecName.GZIP,
            CompressionCodecName.ZSTD);

    static RandomCase of(long seed) throws IOException {
        Random random = new Random(seed);
        Marker marker = Marker.of(random);
        RandomSchema schemas = new RandomSchema(random);
        MessageType schema = schemas.schema();
        Plan plan = schemas.plan(schema, marker);
        int count = random.nextInt(30) == 0
                ? 0
                : 1 + random.nextInt(List.of(3, 30, 120).get(random.nextInt(3)));
        RowPositions rows = rows(random, count);
        RandomRows made = new RandomRows(random, schema, plan, marker);
        MemoryFile file = new MemoryFile();
        try (ParquetWriter<Group> writer = writer(random, file, schema)) {
            for (int i = 0; i < count; i++) {
                writer.write(made.row(rows.contains(i)));
            }
        }
        return new RandomCase(random.nextInt(5) == 0 ? withoutIndexes(file) : file, plan, rows, marker);
    }

    private static RowPositions rows(Random random, int count) {
        int share = List.of(4, 15, 100).get(random.nextInt(3));
        int from = random.nextInt(count + 1);
        long[] rows = switch (random.nextInt(4)) {
            case 0 -> count == 0 ? new long[0] : new long[] {random.nextInt(count)};
            case 1 ->
                IntStream.range(from, Math.min(count, from + share))
                        .asLongStream()
                        .toArray();
            default ->
                IntStream.range(0, count)
                        .filter(row -> random.nextInt(100) < share)
                        .asLongStream()
                        .toArray();
        };
        return RowPositions.of(rows);
    }

    private static ParquetWriter<Group> writer(Random random, MemoryFile file, MessageType schema) throws IOException {
        ExampleParquetWriter.Builder builder = ExampleParquetWriter.builder(file)
                .withType(schema)
                .withConf(new Configuration(false))
                .withCompressionCodec(CODECS.get(random.nextInt(CODECS.size())))
                .withWriterVersion(random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0)
                .withDictionaryEncoding(random.nextInt(3) > 0)
                .withDictionaryPageSize(random.nextBoolean() ? 1 << 20 : 256)
                .withByteStreamSplitEncoding(random.nextInt(4) == 0)
                .withPageWriteChecksumEnabled(random.nextBoolean())
                .withBloomFilterEnabled(random.nextInt(4) == 0)
                .withMaxBloomFilterBytes(1024)
                .withPageSize(List.of(300, 2_000, 1 << 20).get(random.nextInt(3)))
                .withPageRowCountLimit(List.of(3, 10, 50, 20_000).get(random.nextInt(4)))
                .withMinRowCountForPageSizeCheck(1)
                .withRowGroupRowCountLimit(List.of(15, 50, 100_000).get(random.nextInt(3)))
                .withStatisticsEnabled(random.nextInt(4) > 0)
                .withExtraMetaData(Map.of("made", "up"));
        return builder.build();
    }

    /** The file as a writer leaves it that does not know of indexes. */
    private static MemoryFile withoutIndexes(MemoryFile file) throws IOException {
        byte[] bytes = file.bytes().clone();
        return FooterEdit.of(
                new MemoryFile(bytes),
                metadata -> metadata.getRow_groups()
                        .forEach(group -> group.getColumns().forEach(chunk -> {
                            zero(bytes, chunk.getColumn_index_offset(), chunk.getColumn_index_length());
                            zero(bytes, chunk.getOffset_index_offset(), chunk.getOffset_index_length());
                            chunk.unsetColumn_index_offset();
                            chunk.unsetColumn_index_length();
                            chunk.unsetOffset_index_offset();
                            chunk.unsetOffset_index_length();
                        })));
    }

    private static void zero(byte[] bytes, long from, int count) {
        Arrays.fill(bytes, (int) from, (int) from + count, (byte) 0);
    }
}
