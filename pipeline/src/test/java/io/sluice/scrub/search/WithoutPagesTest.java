package io.sluice.scrub.search;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.LocalInputFile;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SparkExtension.class)
class WithoutPagesTest {
    private static final int FILTER_BYTES = 1 << 14;

    private final SparkSession spark;

    @TempDir
    private Path folder;

    WithoutPagesTest(SparkSession spark) {
        this.spark = spark;
    }

    @ParameterizedTest
    @CsvSource({"gzip, true, v1", "zstd, false, v1", "snappy, false, v1", "zstd, true, v2", "gzip, false, v2"})
    void onlyWhatPagesOfTextsHoldIsLeftOut(String codec, boolean dictionary, String version) throws IOException {
        Path file = written(codec, dictionary, version);
        byte[] all = Files.readAllBytes(file);

        WithoutPages without = WithoutPages.of(new LocalInputFile(file), new ByteArrayInputStream(all));
        byte[] rest = without.readAllBytes();

        assertThat(rest).hasSameSizeAs(all);
        int zeroed = 0;
        for (int i = 0; i < all.length; i++) {
            assertThat(rest[i]).isIn(all[i], (byte) 0);
            zeroed += rest[i] == all[i] ? 0 : 1;
        }
        assertThat(zeroed).isPositive();
        assertThat(without.leftOut()).isGreaterThanOrEqualTo(zeroed).isLessThan(all.length);
        assertThat(Arrays.copyOfRange(rest, rest.length - 400, rest.length))
                .as("the footer")
                .isEqualTo(Arrays.copyOfRange(all, all.length - 400, all.length));
        assertThat(new String(rest, StandardCharsets.ISO_8859_1))
                .as("statistics of pages and columns")
                .contains("text 1000", "text 999")
                .doesNotContain("text 500");
    }

    @Test
    void theBitsOfABloomFilterAreLeftOutButNotWhatLiesBehindThem() throws IOException {
        Path file = written("none", false, "v1", "text");
        byte[] all = Files.readAllBytes(file);

        WithoutPages without = WithoutPages.of(new LocalInputFile(file), new ByteArrayInputStream(all));
        byte[] rest = without.readAllBytes();

        assertThat(without.leftOut()).isEqualTo(FILTER_BYTES);
        assertThat(Arrays.mismatch(rest, all)).as("where the filter begins").isPositive();
        assertThat(new String(rest, StandardCharsets.ISO_8859_1))
                .as("values that are not compressed")
                .contains("text 0", "text 500", "text 1000");
        assertThat(Arrays.copyOfRange(rest, rest.length - 400, rest.length))
                .as("the footer")
                .isEqualTo(Arrays.copyOfRange(all, all.length - 400, all.length));
    }

    @ParameterizedTest
    @CsvSource({"0, -1", "0, 1", "-20, 0", "1, 0"})
    void whatAFooterCallsABloomFilterButIsNoneIsGivenAsItIs(int moved, int longer) throws IOException {
        Path file = written("none", false, "v1", "text");
        byte[] all = withFilterSaidToBe(moved, longer, Files.readAllBytes(file));
        Files.write(file, all);

        WithoutPages without = WithoutPages.of(new LocalInputFile(file), new ByteArrayInputStream(all));

        assertThat(without.readAllBytes()).isEqualTo(all);
        assertThat(without.leftOut()).isZero();
    }

    /** The same file with a footer that says that its only Bloom filter lies some bytes before, or, if after, in pages. */
    private static byte[] withFilterSaidToBe(int moved, int longer, byte[] file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int footerAt = file.length - 8 - bytes.getInt(file.length - 8);
        FileMetaData footer =
                Util.readFileMetaData(new ByteArrayInputStream(file, footerAt, file.length - 8 - footerAt));
        ColumnMetaData text = footer.getRow_groups().get(0).getColumns().get(1).getMeta_data();
        text.setBloom_filter_offset(moved > 0 ? text.getData_page_offset() : text.getBloom_filter_offset() + moved);
        text.setBloom_filter_length(text.getBloom_filter_length() + longer);
        ByteArrayOutputStream forged = new ByteArrayOutputStream();
        forged.write(file, 0, footerAt);
        Util.writeFileMetaData(footer, forged);
        forged.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(forged.size() - footerAt)
                .put("PAR1".getBytes(StandardCharsets.US_ASCII))
                .array());
        return forged.toByteArray();
    }

    @Test
    void aFileWithoutAFooterIsGivenAsItIs() throws IOException {
        byte[] all = Files.readAllBytes(written("none", false, "v1"));
        Path cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(all, all.length - 9));

        assertThat(WithoutPages.of(new LocalInputFile(cut), Files.newInputStream(cut))
                        .readAllBytes())
                .isEqualTo(Files.readAllBytes(cut));
    }

    private Path written(String codec, boolean dictionary, String version) throws IOException {
        return written(codec, dictionary, version, "none");
    }

    private Path written(String codec, boolean dictionary, String version, String filtered) throws IOException {
        Path written = folder.resolve(codec + dictionary + version);
        spark.range(0, 1_001)
                .withColumn("text", concat(lit("text "), col("id").cast("string")))
                .coalesce(1)
                .write()
                .option("compression", codec)
                .option("parquet.enable.dictionary", dictionary)
                .option("parquet.bloom.filter.enabled#" + filtered, "true")
                .option("parquet.bloom.filter.adaptive.enabled", "false")
                .option("parquet.bloom.filter.max.bytes", FILTER_BYTES)
                .option("parquet.writer.version", version)
                .option("parquet.page.row.count.limit", "300")
                .parquet(written.toString());
        try (Stream<Path> files = Files.list(written)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
