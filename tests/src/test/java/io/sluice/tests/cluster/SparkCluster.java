package io.sluice.tests.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.tests.Checkout;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A standalone Spark cluster on this machine: a master and two workers, each its own process, on loopback only. */
final class SparkCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int WORKERS = 2;

    /** Few rows pass through much generated code: optimizing it takes longer than running it. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=256m");

    private final Path folder;
    private final int port = freePort();
    private final int webPort = freePort();
    private final List<Process> processes = new ArrayList<>();

    private SparkCluster(Path folder) {
        this.folder = folder;
    }

    /** Starts the processes without waiting for them; their files lie in {@code folder}. */
    static SparkCluster start(Path folder) throws IOException {
        SparkCluster cluster = new SparkCluster(folder);
        Path jars = Files.createDirectories(folder.resolve("spark/jars"));
        for (Path jar : Checkout.sparkJars()) {
            Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
        cluster.launch(
                "master",
                List.of(
                        "org.apache.spark.deploy.master.Master",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "" + cluster.port,
                        "--webui-port",
                        "" + cluster.webPort));
        for (int number = 1; number <= WORKERS; number++) {
            cluster.launch(
                    "worker" + number,
                    List.of(
                            "org.apache.spark.deploy.worker.Worker",
                            "--host",
                            "127.0.0.1",
                            "-c",
                            "1",
                            "-m",
                            "1G",
                            "-d",
                            cluster.work(number).toString(),
                            "--webui-port",
                            "0",
                            cluster.master()));
        }
        return cluster;
    }

    /** Submits the jar for Spark images with these arguments, in a driver process of its own. */
    Submission submit(String... arguments) throws IOException, InterruptedException {
        await("two workers", () -> aliveWorkers() == WORKERS);
        await(
                "end of earlier executors",
                () -> executors(1).isEmpty() && executors(2).isEmpty());
        List<String> command = new ArrayList<>(List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                master(),
                "--class",
                "io.sluice.jobs.JobsMain",
                "--executor-memory",
                "900m",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.extraJavaOptions=" + String.join(" ", QUICK),
                Checkout.jobsJar().toString()));
        command.addAll(List.of(arguments));
        return new Submission(launch("driver" + processes.size(), command), folder, "driver" + (processes.size() - 1));
    }

    /** Kills an executor as {@code kill -9} does, as soon as it runs a task. */
    void killBusyExecutor() throws InterruptedException {
        ProcessHandle executor = awaited("busy executor", this::busyExecutor);
        executor.destroyForcibly();
        await("end of the executor", () -> !executor.isAlive());
    }

    @Override
    public void close() {
        List<ProcessHandle> all = processes.stream()
                .flatMap(process -> Stream.concat(process.descendants(), Stream.of(process.toHandle())))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** An executor that has run a task, if there is one. */
    private Optional<ProcessHandle> busyExecutor() {
        for (int number = 1; number <= WORKERS; number++) {
            List<ProcessHandle> executors = executors(number);
            if (!executors.isEmpty() && newestLogOf(number).contains("Running task")) {
                return Optional.of(executors.get(0));
            }
        }
        return Optional.empty();
    }

    private List<ProcessHandle> executors(int number) {
        return processes.get(number).children().toList();
    }

    private String newestLogOf(int number) {
        try (Stream<Path> files = Files.walk(work(number))) {
            List<Path> logs =
                    files.filter(file -> file.endsWith("stderr")).sorted().toList();
            return logs.isEmpty() ? "" : Files.readString(logs.get(logs.size() - 1));
        } catch (IOException e) {
            return ""; // being written
        }
    }

    private int aliveWorkers() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + webPort + "/json/"))
                    .build();
            String state = HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
            return new ObjectMapper().readTree(state).path("aliveworkers").asInt();
        } catch (IOException e) {
            return 0; // not up yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private Process launch(String name, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + (name.startsWith("driver") ? "1g" : "256m"));
        command.addAll(QUICK);
        command.addAll(Checkout.javaOptions());
        command.addAll(List.of("-cp", folder.resolve("spark/jars") + "/*"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("SPARK_") || key.startsWith("HADOOP_"));
        builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private String master() {
        return "spark://127.0.0.1:" + port;
    }

    private Path work(int number) {
        return folder.resolve("work" + number);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        awaited(what, () -> Optional.of(true).filter(yes -> condition.getAsBoolean()));
    }

    private static <T> T awaited(String what, Supplier<Optional<T>> look) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(100);
        }
        throw new AssertionError("no " + what + " after " + PATIENCE);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no free port", e);
        }
    }
}
