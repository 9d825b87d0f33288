package io.sluice.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium that opens one page, with a profile of its own and no way to the network. */
public final class Browser {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final Path program;
    private final Path folder;

    private Browser(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** The browser on the search path, if there is one; it keeps its files in {@code folder}. */
    public static Optional<Browser> installed(Path folder) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .flatMap(place -> NAMES.stream().map(name -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Browser(program, folder));
    }

    /** The document after its scripts ran, and what it wrote on the console. */
    public record Opened(String document, String console) {
        /** What stands between the bar and the scripts. */
        public String main() {
            return document.substring(document.indexOf("<main"), document.indexOf("</main>"));
        }
    }

    /** Opens {@code page} and waits until its scripts have run. */
    public Opened open(Path page) throws IOException, InterruptedException {
        Path errors = Files.createTempFile(folder, "console", ".txt");
        Path document = Files.createTempFile(folder, "document", ".html");
        run(document, errors, "--dump-dom", page.toUri().toString());
        String console = Files.readString(errors, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("CONSOLE"))
                .reduce("", (all, line) -> all + line + "\n");
        return new Opened(Files.readString(document, StandardCharsets.UTF_8), console);
    }

    /** Takes a picture of the upper {@code height} pixels at a width of 1400. */
    public void picture(Path page, Path png, int height) throws IOException, InterruptedException {
        run(
                Files.createTempFile(folder, "out", ".txt"),
                Files.createTempFile(folder, "err", ".txt"),
                "--hide-scrollbars",
                "--window-size=1400," + height,
                "--screenshot=" + png.toAbsolutePath(),
                page.toUri().toString());
    }

    private void run(Path out, Path errors, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--enable-logging=stderr",
                "--virtual-time-budget=4000",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile")));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("The browser did not end within " + LIMIT.toSeconds() + " s");
        }
    }
}
