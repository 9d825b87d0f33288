package io.sluice.scrub.search;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.github.luben.zstd.Zstd;
import io.sluice.SparkExtension;
import io.sluice.redaction.IdentifierKind;
import io.sluice.tenant.TenantKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.io.LocalInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class ObjectScanTest {
    private static final String MAIL = "ada@example.org";
    private static final long ROW = 1_234;

    private final SparkSession spark;
    private final ObjectScan scan = new ObjectScan(
            SearchPlan.of(List.of(new SearchedValue(0, IdentifierKind.EMAIL, MAIL)), new TenantKey(new byte[32], 1)),
            "key");

    @TempDir
    private Path folder;

    ObjectScanTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void aFieldIsFoundHoweverFarBehindInJsonItStands() throws IOException {
        ObjectScan fields = new ObjectScan(
                SearchPlan.of(List.of(), new TenantKey(new byte[32], 1))
                        .and(SearchedField.any(0, JsonPath.of("$.customer.name").orElseThrow())),
                "key");
        String lines = "{\"customer\":{\"id\":4711}}\n".repeat(200_000);
        byte[] text = (lines + "{\"customer\":{\"name\":\"Ada\"}}").getBytes(StandardCharsets.UTF_8);
        for (byte[] stored : List.of(text, gzip(text))) {
            Path file = Files.write(folder.resolve("export"), stored);
            assertThat(fields.of("exports/export", new LocalInputFile(file)).hits())
                    .extracting(Hit::form)
                    .contains(Form.FIELD.label());
            Files.write(file, lines.getBytes(StandardCharsets.UTF_8));
            assertThat(fields.of("exports/export", new LocalInputFile(file)).hits())
                    .isEmpty();
        }
    }

    @Test
    void whatUnpacksToMoreThanCanBeHeldIsLookedAtInFull() throws IOException {
        Path file = folder.resolve("a.gz");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            byte[] lines = "{\"id\":4711}\n".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            for (int block = 0; block < 100; block++) {
                gzip.write(lines);
            }
            gzip.write(MAIL.getBytes(StandardCharsets.UTF_8));
        }

        ScannedObject found = scan(file);

        assertThat(found.problem()).isEmpty();
        assertThat(found.hits()).extracting(Hit::place).containsExactly("unpacked bytes");
    }

    @Test
    void whatStandsBeforeTheDamageOfAPackedObjectIsSeen() throws IOException {
        byte[] chance = new byte[400_000];
        new Random(7).nextBytes(chance);
        byte[] text = (MAIL + " " + HexFormat.of().formatHex(chance)).getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream zlib = new ByteArrayOutputStream();
        try (OutputStream deflating = new DeflaterOutputStream(zlib)) {
            deflating.write(text);
        }
        for (byte[] packed : List.of(gzip(text), zlib.toByteArray(), Zstd.compress(text))) {
            Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(packed, packed.length - 3));
            assertThat(scan(cut).hits()).extracting(Hit::place).contains("unpacked bytes");
        }
    }

    @Test
    void layersWithoutEndAreToldAndTakeNoLongerThanTheyMust() {
        String endless =
                ("%" + "25".repeat(8) + "41 " + "\\".repeat(256) + " &" + "amp;".repeat(8) + "#64; ").repeat(60);
        String pad = "x ".repeat(500_000);
        ValueScan patterns = new ValueScan(
                SearchPlan.of(List.of(), new TenantKey(new byte[32], 1)).and(new SearchedPattern(0, "QX-[0-9]{6}")));

        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            patterns.whole((pad + endless + pad).getBytes(StandardCharsets.UTF_8));
            assertThat(patterns.isLookedAtInFull()).isFalse();
        });
    }

    @Test
    void allMembersOfAGzipFileAreUnpacked() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (String text : List.of("nothing", MAIL)) {
            members.writeBytes(gzip(text.getBytes(StandardCharsets.UTF_8)));
        }
        InputStream oneByOne = new FilterInputStream(new ByteArrayInputStream(members.toByteArray())) {
            @Override
            public int available() {
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(1, length));
            }
        };

        assertThat(new String(Packed.GZIP.open(oneByOne).readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("nothing" + MAIL);
    }

    @Test
    void aValueInOneRowIsFoundThereHoweverItsColumnIsStored() throws IOException {
        Column plain = concat(lit("%7B"), col("id").cast("string"), lit(" " + MAIL.replace("@", "%40")));
        for (String codec : List.of("none", "snappy", "zstd", "gzip")) {
            for (boolean dictionary : new boolean[] {true, false}) {
                Dataset<Row> rows = spark.range(3_000)
                        .withColumn("text", when(col("id").equalTo(ROW), plain).otherwise("nothing"))
                        .withColumn(
                                "headers",
                                array(struct(lit("From").as("name"), col("text").as("value"))))
                        .withColumn("body", col("text").cast("binary"))
                        .withColumn("key", concat(lit("row "), col("id")));
                ScannedObject found = scan(write(rows, codec, dictionary));
                assertThat(found.problem()).isEmpty();
                assertThat(found.rows())
                        .as("%s, dictionary %s", codec, dictionary)
                        .containsExactly(ROW);
                assertThat(found.seen().values())
                        .allSatisfy(seen -> assertThat(seen.keys()).containsExactly("row " + ROW));
                assertThat(found.hits())
                        .extracting(Hit::place)
                        .contains("text", "body", "headers.list.element.value")
                        .doesNotContain("headers.list.element.name");
            }
        }
    }

    @Test
    void aCleanFileIsClean() throws IOException {
        Dataset<Row> rows =
                spark.range(1_000).withColumn("text", concat(lit("x"), col("id").cast("string")));
        assertThat(scan(write(rows, "zstd", true)).hitCount()).isZero();
    }

    @Test
    void aValueInStatisticsAloneIsFound() throws IOException {
        Dataset<Row> rows = spark.range(10).withColumn("text", lit(MAIL));
        assertThat(scan(write(rows, "zstd", true)).hits())
                .extracting(Hit::place)
                .contains("bytes");
    }

    @Test
    void whatCompressionCutsOffAnotherAddressIsNotTakenForAValue() throws IOException {
        Dataset<Row> rows = spark.createDataset(
                        List.of("mail of a neighbour: hil", "mail of a neighbour: hil" + MAIL), Encoders.STRING())
                .toDF("text");
        Path file = write(rows, "snappy", false);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .as("the address, cut off its neighbour's")
                .containsPattern("(?s)[^l]" + MAIL);

        assertThat(scan(file).hits()).isEmpty();
    }

    @Test
    void whatStandsInAPageThatCannotBeDecodedIsSeenAllTheSame() throws IOException {
        Path file = write(spark.range(1).select(lit(MAIL).as("text")), "snappy", false);
        byte[] bytes = Files.readAllBytes(file);
        int value = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MAIL);
        Arrays.fill(bytes, value - 6, value, (byte) 0xff); // how long it is, and what snappy says of it
        int footer = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MAIL, value + 1);
        while (footer >= 0) {
            bytes[footer] = 'e';
            footer = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(MAIL, footer + 1);
        }

        ScannedObject found = scan(Files.write(folder.resolve("damaged.parquet"), bytes));

        assertThat(found.problem()).startsWith("it cannot be read");
        assertThat(found.hits()).extracting(Hit::place).contains("bytes");
    }

    @Test
    void textIsFoundAcrossBlocksAndBehindCompression() throws IOException {
        byte[] text = new byte[9 << 20];
        Arrays.fill(text, (byte) ' ');
        for (int at : new int[] {(4 << 20) + (64 << 10) - 7, (8 << 20) + (64 << 10) - 3}) {
            byte[] mail = MAIL.getBytes(StandardCharsets.UTF_8);
            System.arraycopy(mail, 0, text, at, mail.length);
        }
        Path plain = Files.write(folder.resolve("a.log"), text);
        assertThat(scan(plain).hitCount()).isGreaterThanOrEqualTo(2);
        assertThat(scan(plain).bytes()).isEqualTo(text.length);
        byte[] packed = gzip(text);
        assertThat(scan(Files.write(folder.resolve("b"), packed)).hits())
                .extracting(Hit::place)
                .contains("unpacked bytes");
    }

    @Test
    void anEncodingThatCrossesABlockIsSeenThrough() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder(MAIL + "\n");
        while (text.length() < 400_000) {
            text.append((char) (' ' + random.nextInt(90)));
        }
        byte[] packed = gzip(text.toString().getBytes(StandardCharsets.UTF_8));
        String json = "{\"pad\":\"" + " ".repeat((4 << 20) - 40_000) + "\",\"body\":\""
                + Base64.getEncoder().encodeToString(packed) + "\"}";
        assertThat(scan(Files.writeString(folder.resolve("a.json"), json)).hits())
                .extracting(Hit::encodings)
                .contains("base64 gzip");
    }

    @Test
    void aValueInANameOrBesidePackedBytesIsFound() throws IOException {
        assertThat(scan(Files.writeString(folder.resolve("ada%40example.org.js"), "clean"))
                        .hits())
                .extracting(Hit::place)
                .containsExactly(ObjectScan.NAME);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.writeBytes(gzip("clean".getBytes(StandardCharsets.UTF_8)));
        packed.writeBytes((" and " + MAIL).getBytes(StandardCharsets.UTF_8));
        assertThat(scan(Files.write(folder.resolve("c"), packed.toByteArray())).hits())
                .extracting(Hit::place)
                .contains("bytes");
    }

    @Test
    void whatIsNotLookedIntoIsTold() throws IOException {
        assertThat(scan(Files.writeString(folder.resolve("a.zip"), "PK\3\4 whatever"))
                        .isReadInFull())
                .isFalse();
        assertThat(scan(Files.writeString(folder.resolve("x"), "x^2 is no compression"))
                        .isReadInFull())
                .isTrue();
    }

    @Test
    void whatCannotBeReadIsTold() throws IOException {
        Dataset<Row> rows = spark.range(1_000).withColumn("text", lit(MAIL));
        Path file = write(rows, "zstd", true);
        byte[] bytes = Files.readAllBytes(file);
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length - 20));
        assertThat(scan(cut).isReadInFull()).isFalse();
        assertThat(scan(cut).problem()).startsWith("it cannot be read").doesNotContain(MAIL);
    }

    private ScannedObject scan(Path file) {
        return scan.of("tables/reader/" + file.getFileName(), new LocalInputFile(file));
    }

    private Path write(Dataset<Row> rows, String codec, boolean dictionary) throws IOException {
        Path written = folder.resolve(codec + dictionary + System.nanoTime());
        rows.coalesce(1)
                .write()
                .option("compression", codec)
                .option("parquet.enable.dictionary", dictionary)
                .parquet(written.toString());
        try (Stream<Path> files = Files.list(written)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text);
        }
        return packed.toByteArray();
    }
}
