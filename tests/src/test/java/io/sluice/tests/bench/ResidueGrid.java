package io.sluice.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.lake.SessionSettings;
import io.sluice.redaction.RedactionPolicy;
import io.sluice.redaction.ValueTraces;
import io.sluice.tenant.TenantKey;
import io.sluice.tests.bench.PlantedValue.Kind;
import io.sluice.tests.scrub.Bucket;
import io.sluice.tests.scrub.Residue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;

/**
 * Puts values for every kind of selector in every encoding into lakes of different policies, table properties and histories,
 * scrubs them, and counts the places where they stand before and after, by a scanner of its own. Ends with exit code 1 if one
 * is left, if one was not there before, or if anything else is gone. Some lakes lie in buckets that keep versions, if
 * {@code tests/ceph} has started a gateway. Arguments: seed (7), whether only two lakes (false).
 */
public final class ResidueGrid {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant START = Instant.parse("2026-05-04T10:00:00Z");
    private static final int OTHERS = 40;
    private static final String CLEAR = """
            {"name": "clear", "decodedBodyBytes": 33554432, "rules": [
              {"name": "what never occurs", "kind": "password", "action": "MASK", "fields": ["nosuchfield"]}]}
            """;
    private static final String RULE = """
            {"name": "%s", "kind": "credential", "action": "MASK", "fields": ["orderCode"]}
            """.formatted(PlantedValue.RULE);

    /** One lake of the grid. */
    private record Setting(boolean isClear, boolean hasProperties, String history, String action, boolean isInBucket) {
        String tenant() {
            return "%s-%s-%s-%s%s"
                    .formatted(
                            isClear ? "clear" : "standard",
                            hasProperties ? "all" : "declared",
                            history,
                            action,
                            isInBucket ? "-bucket" : "");
        }

        /** One in a bucket and one in a folder, in which most can go wrong. */
        private boolean isInShortGrid() {
            boolean redacts = action.equals("redact");
            return hasProperties && history.equals("preserve") && isClear == redacts && isInBucket != redacts;
        }
    }

    private final SparkSession spark;
    private final GeneratedLake lake;
    private final List<PlantedValue> values;
    private final TenantKey key;
    private final Path config;
    private final Map<Setting, Bucket> buckets = new HashMap<>();

    private static String standardPolicy() throws IOException {
        try (InputStream in = RedactionPolicy.class.getResourceAsStream("standard-policy.json")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ResidueGrid(SparkSession spark, GeneratedLake lake, List<Setting> settings, long seed) throws Exception {
        this.spark = spark;
        this.lake = lake;
        Random random = new Random(seed);
        this.values = PlantedValue.all(random);
        byte[] secret = new byte[TenantKey.MINIMUM_BYTES];
        random.nextBytes(secret);
        this.key = new TenantKey(secret, 1);
        Path keyFile = Files.writeString(
                lake.folder().resolve("tenant.key"), Base64.getEncoder().encodeToString(secret));
        StringBuilder tenants = new StringBuilder("tenants:\n");
        for (Setting setting : settings) {
            Path policy = Files.writeString(policy(setting), setting.isClear ? CLEAR : standardPolicy());
            tenants.append("  %s:\n    key: file:%s\n    policy: %s\n".formatted(setting.tenant(), keyFile, policy));
            if (setting.isInBucket) {
                buckets.put(setting, Bucket.versioned());
                tenants.append("    root: ").append(root(setting)).append('\n');
            }
        }
        this.config = Files.writeString(lake.folder().resolve("tenants.yaml"), tenants);
    }

    public static void main(String[] args) throws Exception {
        long seed = args.length > 0 ? Long.parseLong(args[0]) : 7;
        boolean isShort = args.length > 1 && Boolean.parseBoolean(args[1]);
        SparkSession spark = SessionSettings.open("residue grid");
        boolean isClean = true;
        try (GeneratedLake lake = new GeneratedLake(spark)) {
            List<Setting> settings = settings(isShort);
            ResidueGrid grid = new ResidueGrid(spark, lake, settings, seed);
            System.out.printf(
                    "places of %d values before > after a scrub; seed %d; policy-properties-history-action%n%-36s",
                    grid.values.size(), seed, "lake");
            for (Kind kind : Kind.values()) {
                System.out.printf("%11s", kind.name().toLowerCase(Locale.ROOT));
            }
            System.out.printf("%13s%11s%13s%n", "never there", "left over", "others lost");
            for (Setting setting : settings) {
                isClean &= grid.isClean(setting);
            }
        } finally {
            spark.stop();
        }
        System.out.println(isClean ? "residual hits 0" : "residual hits, or others lost: see above");
        System.exit(isClean ? 0 : 1);
    }

    private static List<Setting> settings(boolean isShort) {
        List<Setting> settings = new ArrayList<>();
        for (String action : List.of("erase", "redact")) {
            for (String history : List.of("purge", "preserve")) {
                for (boolean isClear : List.of(false, true)) {
                    for (boolean hasProperties : List.of(false, true)) {
                        settings.add(new Setting(isClear, hasProperties, history, action, false));
                    }
                }
                settings.add(new Setting(action.equals("redact"), true, history, action, true));
            }
        }
        settings.removeIf(
                setting -> (setting.isInBucket && !Bucket.isAvailable()) || (isShort && !setting.isInShortGrid()));
        return settings;
    }

    private boolean isClean(Setting setting) throws Exception {
        fill(setting);
        Map<PlantedValue, Set<String>> before = places(setting);
        scrub(setting, "identifiers", Kind.IDENTIFIERS);
        scrub(setting, "others", EnumSet.of(Kind.LITERAL, Kind.REGEX, Kind.FIELD, Kind.EXISTS));
        scrub(setting, "scoped", EnumSet.of(Kind.SCOPED));
        addRule(setting);
        scrub(setting, "rule", EnumSet.of(Kind.RULE));
        Map<PlantedValue, Set<String>> after = places(setting);
        List<PlantedValue> never =
                values.stream().filter(value -> !before.containsKey(value)).toList();
        int first = setting.action.equals("redact") ? 0 : values.size(); // of the exchanges that must stay
        long lost = (long) (values.size() + OTHERS - first) * (setting.hasProperties ? 2 : 1) - from(first, setting);
        System.out.printf("%-36s", setting.tenant());
        for (Kind kind : Kind.values()) {
            System.out.printf("%11s", count(before, kind) + " > " + count(after, kind));
        }
        System.out.printf("%13d%11d%13d%n", never.size(), after.size(), lost);
        never.forEach(value -> System.out.println("  never there: " + value));
        after.forEach((value, places) -> System.out.println("  left over: " + value + " in " + places));
        return never.isEmpty() && after.isEmpty() && lost == 0;
    }

    private Path policy(Setting setting) {
        return lake.folder().resolve(setting.tenant() + "-policy.json");
    }

    private void addRule(Setting setting) throws IOException {
        ObjectNode policy = (ObjectNode) JSON.readTree(Files.readString(policy(setting)));
        policy.withArray("rules").insert(0, JSON.readTree(RULE));
        Files.writeString(policy(setting), policy.toString());
    }

    private static int count(Map<PlantedValue, Set<String>> places, Kind kind) {
        return places.entrySet().stream()
                .filter(entry -> entry.getKey().kind() == kind)
                .mapToInt(entry -> entry.getValue().size())
                .sum();
    }

    /** Where the properties are on, the values come once before and once after they were set. */
    private void fill(Setting setting) throws IOException {
        take(setting, 0);
        if (setting.hasProperties) {
            String exchange = "delta.`" + root(setting) + "/tables/exchange`";
            spark.sql("ALTER TABLE " + exchange + " SET TBLPROPERTIES (delta.enableChangeDataFeed = true,"
                    + " delta.enableRowTracking = true, delta.checkpointInterval = 1)");
            // As another engine would leave it: minima and maxima of every column in the log.
            spark.sql("ALTER TABLE " + exchange + " UNSET TBLPROPERTIES (delta.dataSkippingStatsColumns)");
            take(setting, 1);
            spark.sql("OPTIMIZE " + exchange);
        }
    }

    private void take(Setting setting, int time) throws IOException {
        Path recording = Files.createDirectories(lake.folder().resolve("recorded-" + setting.tenant()))
                .resolve(time + ".har");
        Files.writeString(recording, recording(time).toString());
        run(setting, "import", recording.toString());
        run(setting, "ingest");
    }

    private ObjectNode recording(int time) {
        ObjectNode recording = JSON.createObjectNode();
        ArrayNode entries = recording.putObject("log").put("version", "1.2").putArray("entries");
        for (PlantedValue value : values) {
            entry(entries, time, value.service(), value.body(), value.encoding().contentEncoding());
        }
        for (int i = 0; i < OTHERS; i++) {
            byte[] body = ("{\"note\":\"other " + i + "\"}").getBytes(StandardCharsets.UTF_8);
            entry(entries, time, i % 2 == 0 ? "notes" : PlantedValue.SERVICE, body, "");
        }
        return recording;
    }

    private static void entry(ArrayNode entries, int time, String service, byte[] body, String contentEncoding) {
        int number = entries.size();
        ObjectNode entry = entries.addObject()
                .put("startedDateTime", START.plusSeconds(1000L * time + number).toString())
                .put("time", 12)
                .put("_service", service);
        ObjectNode request = entry.putObject("request")
                .put("method", "GET")
                .put("url", "http://shop.example/notes/" + number)
                .put("httpVersion", "HTTP/1.1");
        request.putArray("headers").addObject().put("name", "Accept").put("value", "*/*");
        ObjectNode response = entry.putObject("response").put("status", 200).put("httpVersion", "HTTP/1.1");
        ArrayNode headers = response.putArray("headers");
        if (!contentEncoding.isEmpty()) {
            headers.addObject().put("name", "Content-Encoding").put("value", contentEncoding);
        }
        response.putObject("content")
                .put("mimeType", "application/json")
                .put("encoding", "base64")
                .put("text", Base64.getEncoder().encodeToString(body));
    }

    private void scrub(Setting setting, String id, Set<Kind> kinds) throws IOException {
        ObjectNode request = JSON.createObjectNode()
                .put("id", id)
                .put("receivedAt", Instant.now().toString())
                .put("deadline", "PT72H")
                .put("basis", "GDPR Art. 17")
                .put("action", setting.action)
                .put("history", setting.history);
        Set<ObjectNode> selectors = new LinkedHashSet<>();
        values.stream().filter(value -> kinds.contains(value.kind())).forEach(value -> selectors.add(value.selector()));
        request.putArray("selectors").addAll(selectors);
        if (kinds.contains(Kind.SCOPED)) {
            request.putObject("scope").putArray("services").add(PlantedValue.SERVICE);
        }
        Path file = lake.folder().resolve(setting.tenant() + "-" + id + ".json");
        Files.writeString(file, request.toString());
        run(setting, "scrub", "--request", file.toString(), "--confirm-rows", "1000");
        run(setting, "verify", "--request", file.toString());
    }

    private Map<PlantedValue, Set<String>> places(Setting setting) throws Exception {
        ValueTraces traces = new ValueTraces(key);
        Map<String, PlantedValue> owners = new HashMap<>();
        values.forEach(value -> value.texts(traces).forEach(text -> owners.put(text, value)));
        Bucket bucket = buckets.get(setting);
        Path stored = bucket == null
                ? Path.of(root(setting))
                : bucket.download(Files.createTempDirectory(lake.folder(), "downloaded"));
        Map<PlantedValue, Set<String>> places = new HashMap<>();
        new Residue(owners.keySet().toArray(String[]::new))
                .byText(stored)
                .forEach((text, found) -> places.computeIfAbsent(owners.get(text), fresh -> new TreeSet<>())
                        .addAll(found));
        return places;
    }

    private long from(int first, Setting setting) throws IOException {
        String query = "SELECT count(*) FROM exchange WHERE CAST(regexp_extract(path, '[0-9]+$', 0) AS INT) >= ";
        return run(setting, "sql", "--format", "json", query + first)
                .at("/result/answer/0/0")
                .asLong();
    }

    private String root(Setting setting) {
        Bucket bucket = buckets.get(setting);
        return bucket == null ? lake.folder().resolve(setting.tenant()).toString() : "s3a://" + bucket.name();
    }

    private JsonNode run(Setting setting, String command, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
        arguments.addAll(Arrays.asList(more));
        return lake.run(setting.tenant(), command, arguments.toArray(String[]::new));
    }
}
