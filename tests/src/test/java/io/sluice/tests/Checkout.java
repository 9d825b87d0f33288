package io.sluice.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checkout that a test runs in, and the folder of recorded captures beside it. */
public final class Checkout {
    private Checkout() {}

    /** The folder of the root pom, found upwards of the working directory. */
    public static Path root() {
        return Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("mvnw")))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not inside a checkout of Sluice"));
    }

    /** The jar for spark-submit, which the package phase of the jobs module makes. */
    public static Path jobsJar() {
        return root().resolve("jobs/target/sluice-jobs.jar");
    }

    /** The jars that a Spark image brings. */
    public static List<Path> sparkJars() {
        return Stream.concat(classpath("runtime").stream(), classpath("provided").stream())
                .distinct()
                .toList();
    }

    /** The jars of a class path that the package phase of the jobs module writes. */
    public static List<Path> classpath(String name) {
        String entries = text(root().resolve("jobs/target/launcher").resolve(name + ".classpath"));
        return Stream.of(entries.split(":")).map(Path::of).toList();
    }

    /** The options that Spark's Java needs. */
    public static List<String> javaOptions() {
        return List.of(text(root().resolve("jobs/target/launcher/java.options")).split(" "));
    }

    /**
     * A folder of recorded material that is not part of the checkout, such as {@code dev} or {@code crds}: below what
     * SLUICE_DATA names, where absence is a failure, else below ../shared/data, where it is none.
     */
    public static Optional<Path> recorded(String name) {
        String named = System.getenv("SLUICE_DATA");
        Path folder = (named == null ? root().resolve("../shared/data") : Path.of(named)).resolve(name);
        if (named != null && !Files.isDirectory(folder)) {
            throw new IllegalStateException("SLUICE_DATA is set, but " + folder + " is not there");
        }
        return Optional.of(folder).filter(Files::isDirectory);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the package phase of the jobs module makes it", e);
        }
    }
}
