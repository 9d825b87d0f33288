package io.sluice.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher: it finds Java or says what to do, and stands out of the way of what the program prints. */
final class LauncherIT {
    private static final Path LAUNCHER = Checkout.root().resolve("sluice");
    private static final String JAVA_HOME = System.getProperty("java.home");

    @TempDir
    Path folder;

    private Path tools;

    /** A PATH with what the launcher calls, and without any Java. */
    @BeforeEach
    void makesAPathWithoutJava() throws IOException {
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("sh", "sed", "head", "find", "readlink", "grep", "mkdir")) {
            Path found = List.of("/bin", "/usr/bin").stream()
                    .map(place -> Path.of(place, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow();
            Files.createSymbolicLink(tools.resolve(tool), found);
        }
    }

    @Test
    void printsHelpWithoutArguments() throws Exception {
        Ended ended = run(Map.of("JAVA_HOME", JAVA_HOME), LAUNCHER.toString());
        assertThat(ended.exitCode).isZero();
        assertThat(ended.output).startsWith("Usage: sluice").contains("sql");
        assertThat(ended.messages).isEmpty();
    }

    @Test
    void runsThroughASymbolicLinkFromAnyFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), LAUNCHER);
        Path relative = Files.createSymbolicLink(folder.resolve("relative"), Path.of("link"));
        Ended ended = run(Map.of("JAVA_HOME", JAVA_HOME), relative.toString(), "--version");
        assertThat(ended.output).startsWith("sluice 0.");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void passesArgumentsAsTheyAre() throws Exception {
        Ended ended = run(
                Map.of("JAVA_HOME", JAVA_HOME),
                LAUNCHER.toString(),
                "sql",
                "--tenant",
                "acme",
                "--format",
                "a  $b\n*",
                "-");
        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.messages).contains("'a  $b\n*'");
    }

    @Test
    void saysWhatToDoWhenJavaIsMissing() throws Exception {
        Ended ended = run(Map.of(), LAUNCHER.toString());
        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.output).isEmpty();
        assertThat(ended.messages).contains("Java 17", "none on the PATH", "JAVA_HOME");
    }

    @Test
    void saysWhatToDoWhenJavaIsTooOld() throws Exception {
        Path java = Files.createDirectories(folder.resolve("old/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Ended ended = run(Map.of("JAVA_HOME", folder.resolve("old").toString()), LAUNCHER.toString());
        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.messages).contains("is Java 11").contains("install a JDK 17");
    }

    @Test
    void refusesAHeapThatIsNone() throws Exception {
        Ended ended = run(Map.of("JAVA_HOME", JAVA_HOME, "SLUICE_HEAP", "lots"), LAUNCHER.toString());
        assertThat(ended.exitCode).isEqualTo(2);
        assertThat(ended.messages).contains("SLUICE_HEAP", "'lots'", "4g");
    }

    private record Ended(int exitCode, String output, String messages) {}

    private Ended run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Path messages = folder.resolve("messages");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(messages.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + List.of(command));
        }
        return new Ended(
                process.exitValue(),
                Files.readString(output, StandardCharsets.UTF_8),
                Files.readString(messages, StandardCharsets.UTF_8));
    }
}
