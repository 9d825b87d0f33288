package io.sluice.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the jar for Spark images carries: only what was allowed in, and nothing that Spark brings itself. */
final class ShippedJarsIT {
    private static final Path ALLOWED =
            Checkout.root().resolve("tests/src/test/resources/golden/ShippedJarsIT/shipped-jars.txt");
    private static final Set<String> LICENCES = Set.of("Apache-2.0", "BSD-3-Clause", "MIT", "MIT-0");

    @Test
    void carriesOnlyAllowedJarsWithTheirLicences() throws IOException {
        String shipped = shipped().stream()
                .map(ResolvedJar::of)
                .map(jar -> jar.coordinates() + " " + jar.licence() + "\n")
                .sorted()
                .collect(Collectors.joining());
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(ALLOWED.getParent());
            Files.writeString(ALLOWED, shipped);
        }
        assertThat(shipped).isEqualTo(Files.readString(ALLOWED));
        assertThat(shipped.lines().map(line -> line.substring(line.indexOf(' ') + 1)))
                .isSubsetOf(LICENCES);
    }

    @Test
    void carriesNoClassThatSparkBrings() throws IOException {
        Set<String> ours = classes(Checkout.jobsJar());
        Set<String> both = new TreeSet<>();
        for (Path jar : Checkout.sparkJars()) {
            classes(jar).stream().filter(ours::contains).forEach(both::add);
        }
        assertThat(both).isEmpty();
    }

    @Test
    void keepsWhatServicesOfAllItsJarsRegister() throws IOException {
        assertThat(entry("META-INF/services/org.apache.spark.sql.sources.DataSourceRegister"))
                .contains("org.apache.spark.sql.delta.sources.DeltaDataSource");
        assertThat(entry("META-INF/services/software.amazon.awssdk.http.SdkHttpService"))
                .contains("ApacheSdkHttpService");
    }

    @Test
    void carriesNoSignaturesOfOthers() throws IOException {
        try (JarFile jar = new JarFile(Checkout.jobsJar().toFile())) {
            assertThat(jar.stream().map(JarEntry::getName))
                    .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"));
        }
    }

    private static List<Path> shipped() {
        Set<String> ours = classes(Checkout.jobsJar());
        return Checkout.classpath("resolved").stream()
                .filter(path -> path.toString().endsWith(".jar") && !path.startsWith(Checkout.root()))
                .filter(path -> classes(path).stream().anyMatch(ours::contains))
                .toList();
    }

    private static Set<String> classes(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(path.toString(), e);
        }
    }

    private static String entry(String name) throws IOException {
        try (JarFile jar = new JarFile(Checkout.jobsJar().toFile());
                var content = jar.getInputStream(jar.getEntry(name))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
