package io.sluice.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.jobs.demo.Crowd;
import io.sluice.jobs.demo.HarFile;
import io.sluice.jobs.demo.Site;
import io.sluice.jobs.demo.VisitorKind;
import io.sluice.tenant.SluiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows everything at once, on a bookshop that it brings along: from recorded visitors to a replay of what was learned. */
@Command(
        name = "demo",
        description = "Shows everything at once, on a bookshop that it brings along: from recorded visitors to a replay"
                + " of what was learned.")
public final class DemoCommand implements Program {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @Option(
            names = "--home",
            defaultValue = "./demo",
            paramLabel = "DIR",
            description = "Folder for the lake and for what this showing makes (default: ./demo)")
    private Path home = Path.of("");

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            description = "Decides who comes to the bookshop and what they do (default: the time)")
    private @Nullable Long seed;

    @Override
    public int run(Console console) {
        Instant start = Instant.now();
        Path folder = home.resolve(STAMP.format(start)).toAbsolutePath().normalize();
        DemoStory story =
                new DemoStory(console, home.toAbsolutePath().normalize().resolve("lake"), folder);
        try {
            Files.createDirectories(folder);
            DemoSummary summary = tell(story, seed == null ? start.toEpochMilli() : seed);
            console.out().println(document(story, summary));
            console.out().flush();
            summary.lines().forEach(console.err()::println);
            return ExitCode.DONE;
        } catch (DemoStory.Broken e) {
            return e.exitCode();
        } catch (IOException e) {
            SluiceException told = SluiceException.failed(
                    "Cannot write to " + home, e.getClass().getSimpleName(), "Give another folder with --home");
            console.err().println(told.getMessage());
            return told.kind().exitCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    private static DemoSummary tell(DemoStory story, long seed) throws IOException, InterruptedException {
        DemoSummary.Files files = new DemoSummary.Files(
                story.file("traffic.har"),
                story.lake(),
                story.file("scenarios"),
                story.file("load-test"),
                story.file("report.html"));
        story.says("A bookshop opens; 200 visitors come, and a recorder listens");
        Crowd.Attendance attendance = record(files.capture(), seed);
        story.does("import", files.capture().toString());
        story.does("ingest");
        DemoSummary.Forgotten forgotten = forget(story, Crowd.usual(seed).mailOfFirst(VisitorKind.BUYER));
        story.does("learn");
        story.does("export", "--format", "scenario", "--to", files.scenarios().toString());
        story.does("export", "--format", "k6,jmeter", "--to", files.loadTest().toString());
        JsonNode replayed = replay(story, files, seed);
        story.does("report", "--to", files.report().toString());
        return new DemoSummary(
                attendance,
                forgotten,
                DemoSummary.Lake.of(story.asks(DemoSummary.Lake.QUERY)),
                DemoSummary.Replay.of(replayed.path("generated")),
                DemoSummary.Replay.of(replayed.path("verbatim")),
                files,
                story.seconds());
    }

    private static Crowd.Attendance record(Path traffic, long seed) throws InterruptedException {
        try (HarFile har = HarFile.create(traffic);
                Site site = Site.recorded(seed, har)) {
            return Crowd.usual(seed).visit(site.shop());
        }
    }

    /** Takes a visitor out of the lake, has the certificate checked, and looks at the version before. */
    private static DemoSummary.Forgotten forget(DemoStory story, String mail) throws IOException {
        story.says("One of the buyers asks to be forgotten");
        ObjectNode request = JSON.createObjectNode()
                .put("id", "forget-" + story.file("").getFileName())
                .put("receivedAt", Instant.now().toString())
                .put("deadline", "PT72H")
                .put("basis", "GDPR Art. 17")
                .put("action", "erase")
                .put("history", "preserve");
        request.putArray("selectors")
                .addObject()
                .putObject("subject")
                .put("kind", "email")
                .put("value", mail);
        Path file = Files.writeString(story.file("forget-me.json"), request.toPrettyString());
        JsonNode scrubbed = story.does("scrub", "--request", file.toString());
        Path evidence = story.lake()
                .resolve(DemoStory.TENANT)
                .resolve(scrubbed.at("/requests/0/certificate").asText());
        story.does(
                "verify",
                "--certificate",
                evidence.toString(),
                "--public-key",
                evidence.resolveSibling("public-key.txt").toString());
        long version = versionBefore(story);
        JsonNode before = story.asks(DemoSummary.Forgotten.QUERY, "exchange=" + version);
        return DemoSummary.Forgotten.of(scrubbed, version, before, evidence);
    }

    /** The version of {@code exchange} that the scrub found, the first that it read. */
    private static long versionBefore(DemoStory story) {
        for (JsonNode read : story.runs().at("/scrub/lineage/reads")) {
            if (read.path("object").asText().equals("table:exchange")) {
                return read.path("version").asLong();
            }
        }
        throw new IllegalStateException("scrub read no exchanges");
    }

    private static JsonNode replay(DemoStory story, DemoSummary.Files files, long seed) {
        story.says("New bookshops open, with other ids and tokens");
        try (Site one = Site.start(seed + 1);
                Site another = Site.start(seed + 2)) {
            return story.does(
                    "replay",
                    "--scenarios",
                    files.scenarios().toString(),
                    "--target",
                    one.shop().toString(),
                    "--capture",
                    files.capture().toString(),
                    "--capture-target",
                    another.shop().toString());
        }
    }

    /** The one document on standard output: what each command printed, and what it came to. */
    private static String document(DemoStory story, DemoSummary summary) {
        ObjectNode document = JSON.createObjectNode();
        document.put("tenant", DemoStory.TENANT).put("release", Release.VERSION).put("seconds", summary.seconds());
        document.set("result", JSON.valueToTree(summary));
        document.set("runs", story.runs());
        return document.toPrettyString();
    }
}
