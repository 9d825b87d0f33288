package io.sluice.scrub.parquet;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class RowSearchTest {
    private static final int ROWS = 20_000;

    private final SparkSession spark;
    private final RowSearch search = new RowSearch("key");

    @TempDir
    private Path folder;

    RowSearchTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void rowsAreFoundByKeyThroughManyRowGroups() throws IOException {
        InputFile file = file();
        try (ParquetFileReader reader = ParquetFileReader.open(file)) {
            assertThat(reader.getRowGroups()).hasSizeGreaterThan(5);
        }
        Random random = new Random(7);
        for (int count : new int[] {1, 2, 30}) {
            TreeSet<String> wanted = new TreeSet<>();
            random.ints(count, 0, ROWS + 100).forEach(row -> wanted.add(key(row)));
            RowPositions found = search.find(file, wanted);

            assertThat(found.count()).isEqualTo((int) wanted.stream()
                    .filter(key -> key.compareTo(key(ROWS)) < 0 && !key.endsWith("3"))
                    .count());
            RowPositions looked = search.find(file, key -> wanted.contains(new String(key, StandardCharsets.UTF_8)));
            assertThat(search.keys(file, looked)).isEqualTo(search.keys(file, found));
            wanted.removeIf(key -> key.endsWith("3") || key.compareTo(key(ROWS)) >= 0);
            assertThat(search.keys(file, found).values()).containsExactlyInAnyOrderElementsOf(wanted);
        }
        assertThat(search.find(file, new TreeSet<>()).count()).isZero();
        assertThat(new RowSearch("other").find(file, new TreeSet<>()).count()).isZero();
    }

    private static String key(int row) {
        return "k%06d".formatted(row);
    }

    /** Keys in order, none in rows whose number ends in 3. */
    private InputFile file() throws IOException {
        spark.range(0, ROWS, 1, 1)
                .select(
                        when(col("id").mod(10).notEqual(3), format_string("k%06d", col("id")))
                                .as("key"),
                        lit("x"))
                .write()
                .option("parquet.block.size", "16384")
                .option("parquet.page.size", "4096")
                .parquet(folder.resolve("rows").toString());
        try (Stream<Path> files = Files.list(folder.resolve("rows"))) {
            return new LocalInputFile(files.filter(name -> name.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow());
        }
    }
}
