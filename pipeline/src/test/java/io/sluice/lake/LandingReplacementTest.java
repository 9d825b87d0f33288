package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.SparkExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkExtension.class)
class LandingReplacementTest {
    private static final FileTime LANDED = FileTime.from(Instant.parse("2026-03-01T10:00:00Z"));

    private final SparkSession spark;

    @TempDir
    private Path lake;

    LandingReplacementTest(SparkSession spark) {
        this.spark = spark;
    }

    @Test
    void whereARunWasStoppedBeforeItRemovedTheOldFileOnlyTheNewOneCounts() throws IOException {
        Landing landing = landing();
        Path old = land("a.parquet", "ada", "bob");
        Path kept = Files.copy(old, lake.resolve("kept"), StandardCopyOption.COPY_ATTRIBUTES);
        landing.change(landing.list().get(0), Set.of(), type -> Map.of("visitor", functions.lit("***")));
        List<LandingObject> changed = landing.list();
        Files.copy(kept, old, StandardCopyOption.COPY_ATTRIBUTES);

        assertThat(landing.list()).isEqualTo(changed).hasSize(1);
        landing.sweep();
        assertThat(old).doesNotExist();
        assertThat(landing.list()).isEqualTo(changed);
    }

    @Test
    void whatLandsLaterUnderTheSameNameIsAnotherFile() throws IOException {
        Landing landing = landing();
        land("a.parquet", "ada", "bob");
        landing.remove(landing.list().get(0), Set.of(0L));
        Files.setLastModifiedTime(
                land("a.parquet", "ada", "cyd"),
                FileTime.from(LANDED.toInstant().plusSeconds(1)));

        assertThat(landing.list()).hasSize(2);
        landing.remove(landing.list().get(0), Set.of(0L));
        assertThat(landing.list()).hasSize(2);
        assertThat(spark.read().parquet(folder().toString()).collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactlyInAnyOrder("bob", "cyd");
    }

    @Test
    void namesAreNoPatterns() throws IOException {
        Landing landing = landing();
        land("cap1.parquet", "bob");
        List<String> odd =
                List.of("cap[1].parquet", "x-{guid}.parquet", "[2026-01-01].parquet", "cap?.parquet", "c*.parquet");
        for (String name : odd) {
            land(name, "ada", name);
        }
        assertThat(visitors(landing)).hasSize(1 + 2 * odd.size());

        for (LandingObject file : landing.list()) {
            assertThat(landing.remove(file, file.name().equals("cap1.parquet") ? Set.of() : Set.of(0L)))
                    .isTrue();
        }

        assertThat(visitors(landing)).contains("bob").containsAll(odd).hasSize(1 + odd.size());
    }

    @Test
    void aFileThatWasWrittenAnewSinceItWasListedIsLeft() throws IOException {
        Landing landing = landing();
        land("a.parquet", "ada", "bob");
        LandingObject listed = landing.list().get(0);
        Files.delete(folder().resolve("a.parquet"));
        land("a.parquet", "cyd", "dan", "eve");

        assertThat(landing.remove(listed, Set.of(0L))).isFalse();

        assertThat(visitors(landing)).containsExactlyInAnyOrder("cyd", "dan", "eve");
        assertThat(folder()).isDirectoryNotContaining(file -> file.toString().contains("scrubb"));
    }

    @Test
    void aFileThatCannotBeReadIsLeft() throws IOException {
        Landing landing = landing();
        land("a.parquet", "ada");
        Path damaged = Files.writeString(folder().resolve("a.parquet"), "PAR1 and then nothing of use PAR1");

        assertThat(landing.remove(landing.list().get(0), Set.of(0L))).isFalse();

        assertThat(damaged).exists();
    }

    private List<String> visitors(Landing landing) {
        String[] files = landing.list().stream()
                .map(file -> TenantRoot.literal(new org.apache.hadoop.fs.Path(folder().toString(), file.name())))
                .toArray(String[]::new);
        return spark.read().parquet(files).as(Encoders.STRING()).collectAsList();
    }

    private Landing landing() throws IOException {
        TenantRoot root = TenantRoot.at(
                lake.resolve("acme").toString(), spark.sessionState().newHadoopConf());
        return new Landing(spark, root, name -> {});
    }

    private Path folder() {
        return lake.resolve("acme/landing");
    }

    private Path land(String name, String... visitors) throws IOException {
        Path made = lake.resolve("made");
        spark.createDataset(List.of(visitors), Encoders.STRING())
                .toDF("visitor")
                .coalesce(1)
                .write()
                .mode("overwrite")
                .parquet(made.toString());
        Files.createDirectories(folder());
        try (Stream<Path> files = Files.list(made)) {
            Path part = files.filter(file -> file.toString().endsWith(".parquet"))
                    .findAny()
                    .orElseThrow();
            Path landed = Files.move(part, folder().resolve(name));
            return Files.setLastModifiedTime(landed, LANDED);
        }
    }
}
