package io.sluice.scrub.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Test;

class RewriteCheckTest {
    private static final long SEED = Long.getLong("rewrite.seed", 20_261_127);
    private static final int CASES = Integer.getInteger("rewrite.cases", 2_000) / 10;
    private static final MessageType PEOPLE = MessageTypeParser.parseMessageType(
            "message people {" + " required int64 id; optional binary mail (STRING); required int64 visits; }");
    private static final Plan PLAN = Plan.of(ColumnAction.blank("id"), ColumnAction.blank("mail"));
    private static final RowPositions ROWS = RowPositions.of(3, 4, 17);

    /** Ways to go wrong; each makes a file that is sound in itself, as long as the right one. */
    private enum Fault {
        BLANKS_ANOTHER_ROW,
        FORGETS_A_ROW,
        CHANGES_A_BIT_OF_ANOTHER_ROW,
        FILLS_A_NULL,
        TOUCHES_ANOTHER_COLUMN
    }

    @Test
    void findsEveryWayToGoWrong() throws IOException {
        Map<Fault, Integer> found = new EnumMap<>(Fault.class);
        for (int i = 0; i < CASES; i++) {
            RandomCase made = RandomCase.of(SEED + i);
            Optional<MemoryFile> right = rewritten(made.plan(), made.file(), made.rows());
            if (right.isEmpty()) {
                continue;
            }
            List<String> rightRows = Contents.rows(right.get());
            for (Fault fault : Fault.values()) {
                Optional<MemoryFile> wrong = wrong(fault, made, right.get(), new Random(SEED + i));
                if (wrong.isPresent() && !Contents.rows(wrong.get()).equals(rightRows)) {
                    assertThat(new RewriteCheck(made.plan()).problems(made.file(), wrong.get(), made.rows()))
                            .as("%s of rewrite.seed=%d", fault, SEED + i)
                            .isNotEmpty();
                    found.merge(fault, 1, Integer::sum);
                }
            }
        }
        System.err.println("found: " + found);
        assertThat(found).containsOnlyKeys(Fault.values());
        assertThat(found.values()).allSatisfy(times -> assertThat(times).isGreaterThan(CASES / 40));
    }

    @Test
    void findsEachFlippedByteThatChangesARow() throws IOException {
        MemoryFile old = people(true);
        MemoryFile right = rewritten(PLAN, old, ROWS).orElseThrow();
        List<String> rightRows = Contents.rows(right);
        int unnoticed = 0;
        for (int at = 0; at < right.bytes().length; at++) {
            byte[] bytes = right.bytes().clone();
            bytes[at] ^= (byte) (1 << at % 8);
            MemoryFile flipped = new MemoryFile(bytes);
            if (new RewriteCheck(PLAN).problems(old, flipped, ROWS).isEmpty()) {
                unnoticed++;
                assertThat(Contents.rows(flipped)).as("byte " + at).isEqualTo(rightRows);
            }
        }
        assertThat(unnoticed).isLessThan(right.bytes().length / 20);
    }

    @Test
    void findsShiftedValues() throws IOException, RefusedException {
        MemoryFile old = people(false);
        MemoryFile right = rewritten(PLAN, old, ROWS).orElseThrow();
        int shifted = 0;
        for (int column = 0; column < PEOPLE.getFieldCount(); column++) {
            ColumnDescriptor leaf = PEOPLE.getColumns().get(column);
            try (FileBytes file = new FileBytes(right);
                    Compression compression = new Compression(Effort.AS_USUAL)) {
                PageFormat format = new PageFormat(leaf, CompressionCodec.UNCOMPRESSED, compression);
                ChunkDictionary none = new ChunkDictionary(leaf.getPrimitiveType(), new Binary[0]);
                ColumnChunk chunk = chunk(FooterEdit.metadata(right), column);
                for (Slot slot : ChunkPages.of(file, chunk, format, 20).data()) {
                    StoredPage stored = StoredPage.parse(file.read(slot.offset(), slot.length()));
                    Page page = format.read(stored, none);
                    Collections.rotate(Arrays.asList(page.values()), 1);
                    byte[] bytes = right.bytes().clone();
                    byte[] wrong = format.write(stored.header(), page, none).bytes();
                    System.arraycopy(wrong, 0, bytes, (int) slot.offset(), wrong.length);
                    assertThat(wrong).hasSize(slot.length());
                    assertThat(new RewriteCheck(PLAN).problems(old, new MemoryFile(bytes), ROWS))
                            .isNotEmpty();
                    shifted++;
                }
            }
        }
        assertThat(shifted).isEqualTo(12);
    }

    @Test
    void findsValuesLeftInADictionary() throws IOException {
        MemoryFile old = people(true);
        MemoryFile right = rewritten(PLAN, old, ROWS).orElseThrow();
        ColumnMetaData was = chunk(FooterEdit.metadata(old), 0).getMeta_data();
        ColumnMetaData is = chunk(FooterEdit.metadata(right), 0).getMeta_data();
        int length = (int) (was.getData_page_offset() - was.getDictionary_page_offset());
        assertThat(is.getData_page_offset() - is.getDictionary_page_offset()).isEqualTo(length);
        byte[] bytes = right.bytes().clone();
        System.arraycopy(
                old.bytes(),
                (int) was.getDictionary_page_offset(),
                bytes,
                (int) is.getDictionary_page_offset(),
                length);

        assertThat(new RewriteCheck(PLAN).problems(old, new MemoryFile(bytes), ROWS))
                .containsExactly("the dictionary of id holds unused values");
    }

    @Test
    void findsValuesInBytesThatNothingPointsAt() throws IOException {
        MemoryFile old = people(true);
        byte[] bytes = rewritten(PLAN, old, ROWS).orElseThrow().bytes();
        bytes[FooterEdit.start(bytes) - 1] = 'a';

        assertThat(new RewriteCheck(PLAN).problems(old, new MemoryFile(bytes), ROWS))
                .singleElement()
                .asString()
                .startsWith("bytes that belong to nothing are not zero");
    }

    @Test
    void findsAFooterThatSaysSomethingElse() throws IOException {
        assertFound(
                "still has statistics",
                metadata -> chunk(metadata, 1)
                        .getMeta_data()
                        .getStatistics()
                        .setMin_value(new byte[] {1})
                        .setMax_value(new byte[] {2}));
        assertFound(
                "the footer counts 0 nulls in mail of 9",
                metadata -> chunk(metadata, 1).getMeta_data().getStatistics().setNull_count(0));
        assertFound(
                "described in another way",
                metadata -> chunk(metadata, 2).getMeta_data().unsetStatistics());
        assertFound("writer's name", metadata -> metadata.setCreated_by("another"));
        assertFound("notes", metadata -> metadata.unsetKey_value_metadata());
        assertFound(
                "rows of row groups",
                metadata -> metadata.getRow_groups().get(0).setNum_rows(1));
        assertFound("offset index", metadata -> {
            chunk(metadata, 1).unsetOffset_index_offset();
            chunk(metadata, 1).unsetOffset_index_length();
        });
    }

    @Test
    void findsAnotherLength() throws IOException {
        MemoryFile old = people(true);
        byte[] bytes = new byte[old.bytes().length + 1];
        int start = FooterEdit.start(old.bytes());
        System.arraycopy(old.bytes(), 0, bytes, 0, start);
        System.arraycopy(old.bytes(), start, bytes, start + 1, old.bytes().length - start);
        MemoryFile longer = new MemoryFile(bytes);
        assertThat(new RewriteCheck(Plan.of()).problems(old, longer, ROWS))
                .singleElement()
                .asString()
                .startsWith("the length");
    }

    private static void assertFound(String problem, Consumer<FileMetaData> change) throws IOException {
        MemoryFile old = people(true);
        MemoryFile wrong = FooterEdit.of(rewritten(PLAN, old, ROWS).orElseThrow(), change);
        assertThat(new RewriteCheck(PLAN).problems(old, wrong, ROWS))
                .anySatisfy(found -> assertThat(found).contains(problem));
    }

    private static ColumnChunk chunk(FileMetaData metadata, int column) {
        return metadata.getRow_groups().get(0).getColumns().get(column);
    }

    private static MemoryFile people(boolean dictionary) throws IOException {
        MemoryFile file = new MemoryFile();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file)
                .withType(PEOPLE)
                .withConf(new Configuration(false))
                .withDictionaryEncoding(dictionary)
                .withPageWriteChecksumEnabled(false)
                .withPageRowCountLimit(5)
                .withMinRowCountForPageSizeCheck(1)
                .withExtraMetaData(Map.of("made", "up"))
                .build()) {
            for (int i = 0; i < 20; i++) {
                Group row = new SimpleGroup(PEOPLE);
                row.add("id", ROWS.contains(i) ? 1_000_000_007L * i : i % 2);
                row.add("visits", (long) i);
                if (i % 3 > 0) {
                    row.add("mail", "person" + i + "@example.org");
                }
                writer.write(row);
            }
        }
        return file;
    }

    private static Optional<MemoryFile> rewritten(Plan plan, MemoryFile file, RowPositions rows) throws IOException {
        if (new InPlaceRewrite(plan).of(file, rows) instanceof Outcome.Fits fits) {
            MemoryFile rewritten = new MemoryFile();
            fits.file().writeTo(rewritten);
            return Optional.of(rewritten);
        }
        return Optional.empty();
    }

    private static Optional<MemoryFile> wrong(Fault fault, RandomCase made, MemoryFile right, Random random)
            throws IOException {
        MessageType schema;
        long count;
        try (ParquetFileReader reader = ParquetFileReader.open(right)) {
            schema = reader.getFileMetaData().getSchema();
            count = reader.getRecordCount();
        }
        RowPositions all = RowPositions.of(LongStream.range(0, count).toArray());
        long[] others = LongStream.range(0, count)
                .filter(row -> !made.rows().contains(row))
                .toArray();
        if (others.length == 0) {
            return Optional.empty();
        }
        RowPositions other = RowPositions.of(others[random.nextInt(others.length)]);
        return switch (fault) {
            case BLANKS_ANOTHER_ROW -> rewritten(made.plan(), right, other);
            case FORGETS_A_ROW ->
                rewritten(
                        made.plan(),
                        made.file(),
                        RowPositions.of(LongStream.range(0, count)
                                .filter(made.rows()::contains)
                                .skip(1)
                                .toArray()));
            case CHANGES_A_BIT_OF_ANOTHER_ROW ->
                rewritten(bytesOf(schema, random, RewriteCheckTest::withAnotherBit), right, other);
            case FILLS_A_NULL -> fillsANull(schema, made, right);
            case TOUCHES_ANOTHER_COLUMN -> rewritten(unplanned(schema, made.plan()), right, all);
        };
    }

    private static Plan bytesOf(MessageType schema, Random random, UnaryOperator<byte[]> change) {
        List<ColumnDescriptor> leaves = schema.getColumns().stream()
                .filter(leaf -> leaf.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY)
                .toList();
        return leaves.isEmpty()
                ? Plan.of()
                : Plan.of(ColumnAction.redact(
                        change, leaves.get(random.nextInt(leaves.size())).getPath()));
    }

    private static byte[] withAnotherBit(byte[] value) {
        byte[] changed = value.clone();
        if (changed.length > 0) {
            changed[changed.length / 2] ^= 1;
        }
        return changed;
    }

    private static Optional<MemoryFile> fillsANull(MessageType schema, RandomCase made, MemoryFile right)
            throws IOException {
        for (Type field : schema.getFields()) {
            if (field.isPrimitive()
                    && field.isRepetition(Repetition.OPTIONAL)
                    && field.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
                RowPositions filled = new RowSearch(field.getName()).find(right, value -> true);
                OptionalLong nullRow = LongStream.range(0, Contents.rows(right).size())
                        .filter(row -> !filled.contains(row) && !made.rows().contains(row))
                        .findFirst();
                if (nullRow.isPresent()) {
                    Plan plan = Plan.of(ColumnAction.setTo(field.getName(), "a"));
                    return rewritten(plan, right, RowPositions.of(nullRow.getAsLong()));
                }
            }
        }
        return Optional.empty();
    }

    private static Plan unplanned(MessageType schema, Plan plan) {
        return new Plan(schema.getFields().stream()
                .filter(field -> plan.actions().stream()
                        .noneMatch(action -> action.path().get(0).equals(field.getName())))
                .map(field -> ColumnAction.blank(field.getName()))
                .toList());
    }
}
