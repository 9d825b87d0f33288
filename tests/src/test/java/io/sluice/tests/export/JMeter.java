package io.sluice.tests.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** A real JMeter with a home of its own in a temporary folder. */
public final class JMeter {
    private static final Path CLASSPATH = Path.of("jmeter", "target", "classpath.txt");

    private final Path home;
    private final String classpath;

    private JMeter(Path home, String classpath) {
        this.home = home;
        this.classpath = classpath;
    }

    /** One request as JMeter saw it. */
    public record Sample(String label, String status, boolean ok) {}

    /** Lays out JMeter's settings under {@code home}. */
    public static JMeter in(Path home) throws IOException {
        String classpath = Files.readString(CLASSPATH, StandardCharsets.UTF_8).strip();
        String settings = Arrays.stream(classpath.split(":"))
                .filter(jar -> jar.contains("ApacheJMeter_config"))
                .findFirst()
                .orElseThrow();
        try (JarFile jar = new JarFile(settings)) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.getName().startsWith("bin/") && !entry.isDirectory()) {
                    unpack(jar, entry, home.resolve(entry.getName()));
                }
            }
        }
        return new JMeter(home, classpath);
    }

    /** Runs the plan with these properties and returns its samples in order. */
    public List<Sample> run(Path plan, Map<String, String> properties) throws IOException, InterruptedException {
        Path samples = home.resolve("samples.csv");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.awt.headless=true",
                "-Djmeter.home=" + home,
                "-Dlog4j.configurationFile=" + home.resolve("bin").resolve("log4j2.xml"),
                "-cp",
                classpath,
                "org.apache.jmeter.NewDriver",
                "-n",
                "-t",
                plan.toString(),
                "-l",
                samples.toString(),
                "-j",
                home.resolve("jmeter.log").toString(),
                "-Jjmeter.save.saveservice.print_field_names=false",
                "-Jjmeter.save.saveservice.default_delimiter=\\t",
                "-Jjmeterengine.force.system.exit=true"));
        properties.forEach((name, value) -> command.add("-J" + name + "=" + value));
        ToolProcess.run(home, command);
        return Files.readString(samples, StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields.length > 7)
                .map(fields -> new Sample(fields[2], fields[3], Boolean.parseBoolean(fields[7])))
                .toList();
    }

    private static void unpack(JarFile jar, JarEntry entry, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, to);
        }
    }
}
