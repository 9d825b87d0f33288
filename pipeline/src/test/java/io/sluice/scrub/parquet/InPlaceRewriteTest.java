package io.sluice.scrub.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

class InPlaceRewriteTest {
    private static final long SEED = Long.getLong("rewrite.seed", 20_261_127);
    private static final int CASES = Integer.getInteger("rewrite.cases", 2_000);

    @Test
    void blanksAnyRowOfAnyFileAndNothingElse() throws IOException {
        int fit = 0;
        int doNotFit = 0;
        int unchanged = 0;
        int showedTheSubject = 0;
        for (int i = 0; i < CASES; i++) {
            RandomCase made = RandomCase.of(SEED + i);
            String name = "rewrite.seed=" + (SEED + i);
            Outcome outcome = new InPlaceRewrite(made.plan()).of(made.file(), made.rows());
            if (outcome instanceof Outcome.Fits fits) {
                fit++;
                MemoryFile rewritten = new MemoryFile();
                fits.file().writeTo(rewritten);
                showedTheSubject += Contents.hold(made.file(), patterns(made)) ? 1 : 0;
                prove(name, made, rewritten);
            } else if (outcome instanceof Outcome.DoesNotFit) {
                doNotFit++;
            } else {
                assertThat(outcome).as(name).isEqualTo(new Outcome.Unchanged());
                assertThat(new RewriteCheck(made.plan()).problems(made.file(), made.file(), made.rows()))
                        .as(name)
                        .isEmpty();
                unchanged++;
            }
        }
        System.err.printf(
                "%d files: %d fit, %d do not, %d unchanged; %d showed the subject before%n",
                CASES, fit, doNotFit, unchanged, showedTheSubject);
        assertThat(fit).isGreaterThan(CASES / 2);
        assertThat(showedTheSubject).isGreaterThan(fit / 3);
    }

    @Test
    void blanksEachKindOfColumnInItsWay() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("""
                message exchange {
                  required binary id (STRING);
                  optional binary body;
                  required binary path (STRING);
                  required int96 at;
                  optional group headers (LIST) { repeated group list { required group element {
                    required binary name (STRING); optional binary value (STRING); } } }
                  required group client { required int32 port; optional binary address (STRING); }
                  optional int32 mark;
                }""");
        Plan plan = Plan.of(
                ColumnAction.blank("body"),
                ColumnAction.blank("path"),
                ColumnAction.blank("at"),
                ColumnAction.redact(value -> new byte[] {'*'}, "headers", "list", "element", "value"),
                ColumnAction.blank("client"),
                ColumnAction.setTo("mark", 1),
                ColumnAction.blank("a_column_that_came_later"));
        MemoryFile file = new MemoryFile();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file)
                .withType(schema)
                .withConf(new Configuration(false))
                .build()) {
            for (String name : List.of("ada", "bob")) {
                Group row = new SimpleGroup(schema);
                row.add("id", name);
                row.add("body", name + "'s body");
                row.add("path", "/users/" + name);
                row.add("at", new NanoTime(2_460_000, 7));
                Group headers = row.addGroup("headers");
                Group accept = headers.addGroup("list").addGroup("element");
                accept.add("name", "Accept");
                Group from = headers.addGroup("list").addGroup("element");
                from.add("name", "From");
                from.add("value", name + "@example.org");
                Group client = row.addGroup("client");
                client.add("port", 4711);
                client.add("address", "192.0.2.1");
                writer.write(row);
            }
        }

        RowPositions ada = new RowSearch("id").find(file, id -> new String(id, StandardCharsets.UTF_8).equals("ada"));
        MemoryFile rewritten = rewritten(plan, file, ada);

        assertThat(rewritten.getLength()).isEqualTo(file.getLength());
        assertThat(Contents.rows(rewritten))
                .containsExactly(
                        """
                id: ada
                path:
                at: Int96Value{Binary{12 constant bytes, [0, 0, 0, 0, 0, 0, 0, 0, -116, 61, 37, 0]}}
                headers
                  list
                    element
                      name: Accept
                  list
                    element
                      name: From
                      value: *
                client
                  port: 0
                mark: 1
                """.replace("path:\n", "path: \n"), Contents.rows(file).get(1));
    }

    @Test
    void blanksARowThatRunsOverPages() throws IOException, RefusedException {
        MessageType schema = MessageTypeParser.parseMessageType("message old { optional group tags (LIST) {"
                + " repeated group list { required binary element (STRING); } } }");
        MemoryFile file = new HandMadeFile(schema)
                .page(page(new int[] {0, 1, 0}, "a", "b", "ada1"))
                .page(page(new int[] {1, 1}, "ada2", "ada3"))
                .page(page(new int[] {1, 0}, "ada4", "c"))
                .page(page(new int[] {1, 0}, "d", "e"))
                .close(4);
        Plan plan = Plan.of(ColumnAction.blank("tags"));
        RowPositions rows = RowPositions.of(1);
        List<String> before = Contents.rows(file);

        MemoryFile rewritten = rewritten(plan, file, rows);

        assertThat(new RewriteCheck(plan).problems(file, rewritten, rows)).isEmpty();
        assertThat(Contents.rows(rewritten)).containsExactly(before.get(0), "", before.get(2), before.get(3));
        assertThat(Contents.hold(file, List.of(new byte[] {'a', 'd', 'a'}))).isTrue();
        assertThat(Contents.hold(rewritten, List.of(new byte[] {'a', 'd', 'a'})))
                .isFalse();
    }

    @Test
    void keepsTheLengthWhereOneValueMoreMakesEveryPlaceInTheDictionaryWider() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message index { required binary hash (STRING); }");
        Random random = new Random(SEED);
        List<String> hashes = random.longs(1 << 6).mapToObj("%016x"::formatted).toList();
        MemoryFile file = new MemoryFile();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file)
                .withType(schema)
                .withConf(new Configuration(false))
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            for (int i = 0; i < 5_000; i++) {
                Group row = new SimpleGroup(schema);
                row.add("hash", hashes.get(random.nextInt(hashes.size())));
                writer.write(row);
            }
        }
        Plan plan = Plan.of(ColumnAction.setTo("hash", ""));
        RowPositions rows = RowPositions.of(4_711);
        List<String> expected = Contents.rows(file);
        expected.set(4_711, "hash: \n");

        MemoryFile rewritten = rewritten(plan, file, rows);

        assertThat(rewritten.getLength()).isEqualTo(file.getLength());
        assertThat(new RewriteCheck(plan).problems(file, rewritten, rows)).isEmpty();
        assertThat(Contents.rows(rewritten)).isEqualTo(expected);
    }

    @Test
    void keepsTheLengthWherePagesTellOfTheirValues() throws IOException, RefusedException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { optional binary text (STRING); }");
        String[] others = IntStream.range(0, 40)
                .mapToObj(i -> "what many others say " + i)
                .toArray(String[]::new);
        MemoryFile file =
                new HandMadeFile(schema).page(rows(others)).page(rows("ada")).close(others.length + 1);
        Plan plan = Plan.of(ColumnAction.setTo("text", "more than there was"));
        RowPositions ada = RowPositions.of(others.length);
        List<String> before = Contents.rows(file);

        MemoryFile rewritten = rewritten(plan, file, ada);

        assertThat(new RewriteCheck(plan).problems(file, rewritten, ada)).isEmpty();
        assertThat(Contents.rows(rewritten).subList(0, others.length)).isEqualTo(before.subList(0, others.length));
        assertThat(Contents.rows(rewritten).get(others.length)).isEqualTo("text: more than there was\n");
    }

    @Test
    void saysThatItGrowsWhereAValueComesIntoAChunkThatHadNone() throws IOException, RefusedException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { optional binary text (STRING); }");
        MemoryFile file = new HandMadeFile(schema)
                .emptyDictionary()
                .page(new Page(new int[3], new int[3], new Binary[0]))
                .close(3);

        assertThat(new InPlaceRewrite(Plan.of(ColumnAction.setTo("text", "erased"))).of(file, RowPositions.of(1)))
                .isInstanceOf(Outcome.DoesNotFit.class);
    }

    @Test
    void saysByHowMuchAFileWouldGrow() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { required binary text; }");
        MemoryFile file = new MemoryFile();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file)
                .withType(schema)
                .withConf(new Configuration(false))
                .build()) {
            Group row = new SimpleGroup(schema);
            row.add("text", "a");
            writer.write(row);
        }
        byte[] random = new byte[1000];
        new Random(SEED).nextBytes(random);
        Plan plan = Plan.of(ColumnAction.setTo("text", random));

        Outcome outcome = new InPlaceRewrite(plan).of(file, RowPositions.of(0));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.DoesNotFit.class,
                        growth -> assertThat(growth.bytes()).isBetween(800L, 1000L));
    }

    private static MemoryFile rewritten(Plan plan, MemoryFile file, RowPositions rows) throws IOException {
        Outcome outcome = new InPlaceRewrite(plan).of(file, rows);
        assertThat(outcome).isInstanceOf(Outcome.Fits.class);
        MemoryFile rewritten = new MemoryFile();
        ((Outcome.Fits) outcome).file().writeTo(rewritten);
        return rewritten;
    }

    /** As many rows with a value each. */
    private static Page rows(String... values) {
        int[] definition = new int[values.length];
        Arrays.fill(definition, 1);
        return new Page(
                new int[values.length],
                definition,
                Arrays.stream(values).map(Binary::fromString).toArray(Binary[]::new));
    }

    private static Page page(int[] repetition, String... values) {
        int[] definition = new int[repetition.length];
        Arrays.fill(definition, 2);
        return new Page(
                repetition,
                definition,
                Arrays.stream(values).map(Binary::fromString).toArray(Binary[]::new));
    }

    private static void prove(String name, RandomCase made, MemoryFile rewritten) throws IOException {
        assertThat(rewritten.getLength()).as(name).isEqualTo(made.file().getLength());
        assertThat(new RewriteCheck(made.plan()).problems(made.file(), rewritten, made.rows()))
                .as(name)
                .isEmpty();
        List<String> before = Contents.rows(made.file());
        List<String> after = Contents.rows(rewritten);
        for (int row = 0; row < before.size(); row++) {
            if (made.rows().contains(row)) {
                before.set(row, after.get(row));
            }
        }
        assertThat(after).as(name).isEqualTo(before);
        assertThat(Contents.hold(rewritten, patterns(made))).as(name).isFalse();
        assertThat(new InPlaceRewrite(made.plan()).of(rewritten, made.rows()))
                .as(name)
                .isEqualTo(new Outcome.Unchanged());
    }

    private static List<byte[]> patterns(RandomCase made) {
        return List.of(made.marker().text(), made.marker().eightBytes());
    }
}
