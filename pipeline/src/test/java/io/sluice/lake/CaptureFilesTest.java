package io.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.file.PathUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureFilesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void fill() throws IOException {
        Files.createDirectories(folder.resolve("deep/er"));
        for (String name : List.of("b.har", "a.har", "deep/er/c.json", "odd [1] name:x?.har")) {
            Files.writeString(folder.resolve(name), "{}");
        }
    }

    @Test
    void findsFilesInFoldersInTheOrderOfTheirNames() {
        assertThat(names(folder.toString())).containsExactly("a.har", "b.har", "c.json", "odd [1] name:x?.har");
    }

    @Test
    void aFolderThatGoesMeanwhileTakesNothingElseWithIt() throws IOException {
        Path other = Files.createDirectories(folder.resolve("flat"));
        Path deep = folder.resolve("deep");
        Files.writeString(other.resolve("d.json"), "{}");
        List<String> told = new ArrayList<>();
        FilesBelow.each(
                FileSystem.getLocal(new Configuration()), new org.apache.hadoop.fs.Path(folder.toString()), file -> {
                    told.add(file.getPath().getName());
                    if (told.get(told.size() - 1).endsWith(".json")) { // whichever is listed first
                        delete(told.contains("d.json") ? deep : other);
                    }
                });
        assertThat(told).hasSize(4).contains("a.har", "b.har", "odd [1] name:x?.har");
    }

    private static void delete(Path folder) {
        try {
            PathUtils.deleteDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void findsFilesByPattern() {
        assertThat(names(folder + "/?.har")).containsExactly("a.har", "b.har");
        assertThat(names(folder + "/*/*/*.{json,har}")).containsExactly("c.json");
    }

    @Test
    void takesANameWithBracketsAsAName() {
        List<CaptureFile> found = find(folder.resolve("odd [1] name:x?.har").toString());
        assertThat(found).hasSize(1);
        assertThat(found.get(0).named()).isTrue();
        assertThat(found.get(0).extension()).isEqualTo("har");
    }

    @Test
    void findsAFileOnceHoweverOftenItIsNamed() {
        List<CaptureFile> found = find(
                folder.toString(),
                folder + "/a.har",
                folder.resolve("a.har").toUri().toString());
        assertThat(found).hasSize(4);
        assertThat(found).filteredOn(CaptureFile::named).hasSize(1);
    }

    @Test
    void knowsStandardInput() {
        assertThat(find("-")).containsExactly(new CaptureFile("-", "stdin", 0, 0, true));
    }

    @Test
    void saysWhichPathLeadsNowhere() {
        for (String path : List.of(folder + "/none.har", folder + "/*.none", "file:/nowhere/at/all")) {
            assertThatThrownBy(() -> find(path))
                    .isInstanceOf(SluiceException.class)
                    .hasMessageContaining(path)
                    .hasMessageContaining("no such file or folder")
                    .extracting(e -> ((SluiceException) e).kind())
                    .isEqualTo(SluiceException.Kind.SETTINGS);
        }
    }

    private static List<String> names(String... paths) {
        return find(paths).stream()
                .map(file -> file.name().substring(file.name().lastIndexOf('/') + 1))
                .toList();
    }

    private static List<CaptureFile> find(String... paths) {
        return CaptureFiles.find(List.of(paths), new Configuration());
    }
}
