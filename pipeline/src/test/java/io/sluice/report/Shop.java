package io.sluice.report;

import io.sluice.scenario.Scenario;
import io.sluice.scenario.ScenarioDocument;
import io.sluice.scenario.Template;
import io.sluice.schemas.BehaviorModelTable;
import io.sluice.schemas.DependencyTable;
import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.FidelityTable;
import io.sluice.schemas.LineageEdgeTable;
import io.sluice.schemas.RejectTable;
import io.sluice.schemas.RunTable;
import io.sluice.schemas.ScenarioTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import io.sluice.schemas.TableSpec;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** An invented shop with four kinds of visitors, as rows of the tables; the same seed gives the same rows. */
final class Shop {
    static final Instant OPENED = Instant.parse("2026-03-02T08:00:00Z");
    static final int SESSIONS = 300;

    private static final String RUN = "run-0003";
    private static final String SERVICE = "bookshop";
    private static final String HOST = "shop.example";
    private static final int SLOWEST = 40;
    private static final Map<String, Page> PAGES = pages();
    private static final List<Visitor> VISITORS = List.of(
            new Visitor(
                    "browse, search",
                    0.52,
                    List.of("search", "book", "reviews", "search", "book", "author", "search", "cover")),
            new Visitor("login, order", 0.27, List.of("login", "search", "book", "cart", "add", "order", "receipt")),
            new Visitor("login, profile", 0.15, List.of("login", "profile", "edit", "orders", "receipt", "logout")),
            new Visitor("stock feed", 0.06, List.of("stock", "stock", "stock", "stock", "stock")));

    private final Random random = new Random(7);
    private final Map<String, List<Row>> rows = new LinkedHashMap<>();
    private final Map<String, long[]> use = new LinkedHashMap<>();
    private final List<Map<Hop, List<Long>>> hops = VISITORS.stream()
            .map(visitor -> (Map<Hop, List<Long>>) new LinkedHashMap<Hop, List<Long>>())
            .toList();

    /** What an endpoint is like: how long it takes and how often it fails. */
    private record Page(String id, String method, String template, int medianMillis, double failures) {}

    /** A kind of visitor: its share and the endpoints it goes through. */
    private record Visitor(String name, double share, List<String> way) {}

    private record Hop(@Nullable String from, @Nullable String to) {}

    private Shop() {}

    /** The tables of a tenant that has learned from its traffic. */
    static Function<TableSpec, Dataset<Row>> tables(SparkSession spark) {
        Shop shop = new Shop();
        shop.trade();
        shop.learn();
        shop.keepBooks();
        return table -> spark.createDataFrame(shop.rows.getOrDefault(table.name(), List.of()), table.schema());
    }

    /** The tables of a tenant that has nothing yet. */
    static Function<TableSpec, Dataset<Row>> empty(SparkSession spark) {
        return table -> spark.createDataFrame(List.of(), table.schema());
    }

    /** A row of {@code table} from names and values in turn; the rest is null, empty or zero as the type allows. */
    static Row row(TableSpec table, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return RowFactory.create(table.columns().stream()
                .map(column -> values.getOrDefault(
                        column.name(),
                        column.nullable() ? null : unset(column.type().typeName())))
                .toArray());
    }

    private static Object unset(String type) {
        return switch (type) {
            case "string" -> "";
            case "integer" -> 0;
            case "long" -> 0L;
            case "double" -> 0.0;
            case "array" -> List.of();
            case "date" -> new Date(0);
            case "timestamp" -> new Timestamp(0);
            default -> throw new IllegalArgumentException(type);
        };
    }

    private void add(TableSpec table, @Nullable Object... namesAndValues) {
        rows.computeIfAbsent(table.name(), name -> new ArrayList<>()).add(row(table, namesAndValues));
    }

    private void trade() {
        for (int i = 0; i < SESSIONS; i++) {
            double at = i / (double) SESSIONS;
            double rush = 0.5 + 0.42 * Math.sin(at * 6.28 - 1.2) * at;
            long seconds = (long) (at * 3 * 3600 + rush * 1200);
            visit(i, OPENED.plusSeconds(seconds));
        }
    }

    private void visit(int number, Instant start) {
        int kind = drawn();
        Visitor visitor = VISITORS.get(kind);
        String session = "session-" + number;
        Instant now = start;
        String before = null;
        int index = 0;
        for (String step : visitor.way()) {
            if (random.nextDouble() < 0.22) {
                continue;
            }
            Page page = Objects.requireNonNull(PAGES.get(step));
            long think = before == null ? 0 : (long) Math.exp(random.nextGaussian() * 0.7 + 7.9);
            now = now.plusMillis(think);
            Duration took = took(page);
            exchange(session + "-" + index, page, now, took);
            step(session, index, page, now, before == null ? null : think);
            hop(kind, before, page.id(), think);
            before = page.id();
            now = now.plus(took);
            index++;
            if (random.nextDouble() < 0.35 && (step.equals("search") || step.equals("stock"))) {
                hop(kind, before, before, think);
            }
        }
        hop(kind, before, null, 0);
        add(
                SessionTable.SPEC,
                SessionTable.SESSION_ID,
                session,
                SessionTable.ACTOR,
                "actor-" + number % 171,
                SessionTable.ACTOR_KIND,
                kind == 0 ? "address" : "jwt",
                SessionTable.SERVICE,
                SERVICE,
                SessionTable.STARTED_AT,
                Timestamp.from(start),
                SessionTable.ENDED_AT,
                Timestamp.from(now),
                SessionTable.STEP_COUNT,
                index,
                SessionTable.CLUSTER,
                kind);
    }

    private int drawn() {
        double draw = random.nextDouble();
        for (int i = 0; i < VISITORS.size(); i++) {
            draw -= VISITORS.get(i).share();
            if (draw < 0) {
                return i;
            }
        }
        return 0;
    }

    private Duration took(Page page) {
        double millis = page.medianMillis() * Math.exp(random.nextGaussian() * 0.45);
        return Duration.ofNanos((long) (millis * (random.nextInt(SLOWEST) == 0 ? 8 : 1) * 1e6));
    }

    private void exchange(String id, Page page, Instant at, Duration took) {
        Integer status = random.nextDouble() < page.failures()
                ? (random.nextInt(4) == 0 ? 503 : 404)
                : page.id().equals("login") && random.nextInt(5) == 0 ? Integer.valueOf(302) : Integer.valueOf(200);
        long[] counted = use.computeIfAbsent(page.id(), endpoint -> new long[1]);
        counted[0]++;
        add(
                ExchangeTable.SPEC,
                ExchangeTable.EXCHANGE_ID,
                id,
                ExchangeTable.CAPTURED_AT,
                Timestamp.from(at),
                ExchangeTable.SERVICE,
                SERVICE,
                ExchangeTable.METHOD,
                page.method(),
                ExchangeTable.PATH,
                page.template(),
                ExchangeTable.STATUS,
                random.nextInt(400) == 0 ? null : status,
                ExchangeTable.SOURCE_FORMAT,
                "har",
                ExchangeTable.DURATION_US,
                took.toNanos() / 1000);
    }

    private void step(String session, int index, Page page, Instant at, @Nullable Long think) {
        add(
                SessionStepTable.SPEC,
                SessionStepTable.SESSION_ID,
                session,
                SessionStepTable.STEP_INDEX,
                index,
                SessionStepTable.EXCHANGE_ID,
                session + "-" + index,
                SessionStepTable.ENDPOINT_ID,
                page.id(),
                SessionStepTable.CAPTURED_AT,
                Timestamp.from(at),
                SessionStepTable.THINK_TIME_MS,
                think);
    }

    private void hop(int kind, @Nullable String from, @Nullable String to, long think) {
        hops.get(kind)
                .computeIfAbsent(new Hop(from, to), hop -> new ArrayList<>())
                .add(think);
    }

    private void learn() {
        PAGES.values()
                .forEach(page -> add(
                        EndpointTable.SPEC,
                        EndpointTable.ENDPOINT_ID,
                        page.id(),
                        EndpointTable.SERVICE,
                        SERVICE,
                        EndpointTable.DIRECTION,
                        page.id().equals("charge") ? "OUT" : "IN",
                        EndpointTable.METHOD,
                        page.method(),
                        EndpointTable.HOST,
                        HOST,
                        EndpointTable.TEMPLATE,
                        page.template(),
                        EndpointTable.EXCHANGE_COUNT,
                        use.getOrDefault(page.id(), new long[] {31})[0],
                        EndpointTable.ACTOR_COUNT,
                        20L + page.medianMillis()));
        for (int kind = 0; kind < VISITORS.size(); kind++) {
            model(kind, VISITORS.get(kind));
            scenario(kind, VISITORS.get(kind));
        }
        dependency("login", "response", "$.token", "profile", "header:Authorization", 118, 0.998);
        dependency("login", "response", "$.token", "cart", "header:Authorization", 77, 0.991);
        dependency("login", "response", "$.token", "order", "header:Authorization", 74, 0.987);
        dependency("search", "response", "$.items[*].id", "book", "path:book_id", 203, 0.962);
        dependency("search", "response", "$.items[*].cover", "cover", "path:cover_id", 96, 0.91);
        dependency("book", "response", "$.author.id", "author", "path:author_id", 88, 0.944);
        dependency("book", "response", "$.id", "reviews", "path:book_id", 121, 0.971);
        dependency("book", "request", "path:book_id", "add", "$.bookId", 71, 0.93);
        dependency("cart", "response", "header:Location", "add", "path:cart_id", 69, 1.0);
        dependency("order", "response", "$.orderId", "receipt", "path:order_id", 64, 0.985);
        dependency("orders", "response", "$.orders[*].id", "receipt", "path:order_id", 31, 0.71);
        dependency("profile", "response", "cookie:csrf", "edit", "header:X-Csrf-Token", 33, 0.97);
    }

    private void dependency(
            String producer, String part, String from, String consumer, String to, long support, double confidence) {
        add(
                DependencyTable.SPEC,
                DependencyTable.PRODUCER_ENDPOINT_ID,
                producer,
                DependencyTable.PRODUCER_PART,
                part,
                DependencyTable.PRODUCER_LOCATION,
                from,
                DependencyTable.CONSUMER_ENDPOINT_ID,
                consumer,
                DependencyTable.CONSUMER_LOCATION,
                to,
                DependencyTable.SUPPORT,
                support,
                DependencyTable.CONFIDENCE,
                confidence,
                DependencyTable.P_VALUE,
                Math.pow(10, -support / 9.0),
                DependencyTable.SCOPE,
                "session");
    }

    private void model(int kind, Visitor visitor) {
        Map<Hop, List<Long>> hopped = hops.get(kind);
        List<Row> transitions = new ArrayList<>();
        hopped.forEach((hop, thinks) -> {
            long leaving = hopped.entrySet().stream()
                    .filter(other -> Objects.equals(other.getKey().from(), hop.from()))
                    .mapToLong(other -> other.getValue().size())
                    .sum();
            List<Long> sorted = thinks.stream().sorted().toList();
            List<Long> deciles = IntStream.rangeClosed(1, 9)
                    .mapToObj(decile -> sorted.get(sorted.size() * decile / 10))
                    .toList();
            transitions.add(RowFactory.create(
                    hop.from(), hop.to(), (long) thinks.size(), thinks.size() / (double) leaving, deciles));
        });
        long sessions = hopped.entrySet().stream()
                .filter(hop -> hop.getKey().to() == null)
                .mapToLong(hop -> hop.getValue().size())
                .sum();
        add(
                BehaviorModelTable.SPEC,
                BehaviorModelTable.MODEL_ID,
                "model-" + kind,
                BehaviorModelTable.CLUSTER,
                kind,
                BehaviorModelTable.NAME,
                visitor.name(),
                BehaviorModelTable.ALGORITHM,
                "kmeans+markov1",
                BehaviorModelTable.SESSION_COUNT,
                sessions,
                BehaviorModelTable.ACTOR_COUNT,
                sessions * 2 / 3,
                BehaviorModelTable.WEIGHT,
                sessions / (double) SESSIONS,
                BehaviorModelTable.ARRIVALS_PER_MINUTE,
                sessions / 180.0,
                BehaviorModelTable.TRANSITIONS,
                transitions,
                BehaviorModelTable.SOURCE_VERSION,
                3L);
    }

    private void scenario(int kind, Visitor visitor) {
        List<Scenario.Step> steps = IntStream.range(0, visitor.way().size())
                .mapToObj(i -> scenarioStep(
                        i, Objects.requireNonNull(PAGES.get(visitor.way().get(i)))))
                .toList();
        Scenario scenario = new Scenario(
                "scenario-" + kind,
                visitor.name(),
                "model-" + kind,
                "medoid-session",
                "1",
                visitor.share(),
                visitor.share() * 1.7,
                5,
                3,
                new Scenario.Target(SERVICE, "https", HOST, null),
                List.of(
                        new Scenario.Variable("email", new Scenario.Generator(Scenario.Format.EMAIL, null), List.of()),
                        new Scenario.Variable(
                                "word",
                                null,
                                List.of(
                                        new Scenario.Choice("history", 0.6),
                                        new Scenario.Choice("poetry", 0.3),
                                        new Scenario.Choice("maps", 0.1)))),
                steps);
        add(
                ScenarioTable.SPEC,
                ScenarioTable.SCENARIO_ID,
                scenario.id(),
                ScenarioTable.NAME,
                scenario.name(),
                ScenarioTable.MODEL_ID,
                scenario.modelId(),
                ScenarioTable.WEIGHT,
                scenario.weight(),
                ScenarioTable.DOCUMENT,
                ScenarioDocument.write(scenario),
                ScenarioTable.K,
                scenario.k());
    }

    private Scenario.Step scenarioStep(int index, Page page) {
        boolean login = page.id().equals("login");
        boolean token = page.id().matches("profile|cart|order|add|orders|edit|receipt");
        return new Scenario.Step(
                index,
                page.id(),
                page.method() + " " + page.template(),
                index == 0 ? List.of() : List.of(420L, 800L, 1300L, 1900L, 2700L, 3600L, 4900L, 7200L, 11400L),
                new Scenario.Request(
                        page.method(),
                        template(page.template()),
                        page.id().equals("search")
                                ? List.of(new Scenario.Parameter("q", Template.variable("word")))
                                : List.of(),
                        token
                                ? List.of(new Scenario.Parameter(
                                        "Authorization",
                                        new Template(
                                                List.of(new Template.Text("Bearer "), new Template.Place("token")))))
                                : List.of(new Scenario.Parameter("Accept", Template.text("application/json"))),
                        login
                                ? new Scenario.Body(
                                        "application/json",
                                        new Template(List.of(
                                                new Template.Text("{\"email\":\""),
                                                new Template.Place("email"),
                                                new Template.Text("\"}"))))
                                : null),
                login
                        ? List.of(new Scenario.Extraction("token", "$.token"))
                        : page.id().equals("search")
                                ? List.of(new Scenario.Extraction("book_id", "$.items[*].id"))
                                : List.of(),
                new Scenario.Expectation(page.method().equals("POST") ? List.of(200, 201) : List.of(200)),
                List.of("session-" + index + "-" + index));
    }

    private static Template template(String path) {
        List<Template.Part> parts = new ArrayList<>();
        for (String piece : path.split("(?=\\{)|(?<=})", -1)) {
            parts.add(
                    piece.startsWith("{")
                            ? new Template.Place(piece.substring(1, piece.length() - 1))
                            : new Template.Text(piece));
        }
        return new Template(parts);
    }

    private void keepBooks() {
        measurement(null, "replay_expected_status_share", "higher", 0.983, "verbatim replay", 0.412);
        measurement(null, "transition_log_loss", "lower", 0.84, "one model for all", 1.37);
        measurement(null, "endpoint_mix_distance", "lower", 0.031, "uniform mix", 0.412);
        measurement("model-1", "transition_log_loss", "lower", 0.62, "one model for all", 1.41);
        measurement("model-3", "transition_log_loss", "lower", 0.33, "one model for all", 0.29);
        run("run-0001", "import", "DONE", 0, 4);
        run("run-0002", "ingest", "PARTLY_DONE", 10, 21);
        run(RUN, "learn", "DONE", 40, 58);
        run("run-0004", "export", "FAILED", 110, 3);
        reject("import", "truncated", "The file ends in the middle of an entry", 3);
        reject("import", "not_json", "The entry is not JSON", 14);
        reject("ingest", "wrong_schema", "The landing file lacks a column", 1);
    }

    private void measurement(
            @Nullable String model, String metric, String better, double value, String name, double baseline) {
        add(
                FidelityTable.SPEC,
                FidelityTable.MODEL_ID,
                model,
                FidelityTable.METRIC,
                metric,
                FidelityTable.BETTER,
                better,
                FidelityTable.VALUE,
                value,
                FidelityTable.BASELINE_NAME,
                name,
                FidelityTable.BASELINE,
                baseline,
                FidelityTable.SAMPLE_COUNT,
                60L);
    }

    private void run(String id, String job, String state, int minute, int seconds) {
        Instant start = OPENED.plus(Duration.ofHours(4)).plus(Duration.ofMinutes(minute));
        add(
                RunTable.SPEC,
                RunTable.RUN_ID,
                id,
                RunTable.JOB,
                job,
                RunTable.RELEASE,
                "0.1.0",
                RunTable.STATE,
                state,
                RunTable.STARTED_AT,
                Timestamp.from(start),
                RunTable.ENDED_AT,
                Timestamp.from(start.plusSeconds(seconds)),
                RunTable.EXECUTOR_MS,
                seconds * 1400L,
                RunTable.BYTES_READ,
                seconds * 1_230_000L,
                RunTable.BYTES_WRITTEN,
                seconds * 310_000L);
        edge(id, job, "READ", "table:exchange");
        edge(id, job, "WRITE", "table:" + (job.equals("ingest") ? "exchange" : "endpoint"));
    }

    private void edge(String run, String job, String access, String object) {
        add(
                LineageEdgeTable.SPEC,
                LineageEdgeTable.RUN_ID,
                run,
                LineageEdgeTable.JOB,
                job,
                LineageEdgeTable.ACCESS,
                access,
                LineageEdgeTable.OBJECT,
                object,
                LineageEdgeTable.VERSION,
                3L);
    }

    private void reject(String stage, String reason, String detail, int count) {
        for (int i = 0; i < count; i++) {
            add(
                    RejectTable.SPEC,
                    RejectTable.REJECT_ID,
                    reason + i,
                    RejectTable.STAGE,
                    stage,
                    RejectTable.REASON,
                    reason,
                    RejectTable.DETAIL,
                    detail,
                    RejectTable.SOURCE_FORMAT,
                    "har",
                    RejectTable.SOURCE_OBJECT,
                    "monday.har",
                    RejectTable.SOURCE_POSITION,
                    (long) i);
        }
    }

    private static Map<String, Page> pages() {
        Map<String, Page> pages = new LinkedHashMap<>();
        List.of(
                        new Page("search", "GET", "/books", 38, 0.01),
                        new Page("book", "GET", "/books/{book_id}", 14, 0.03),
                        new Page("reviews", "GET", "/books/{book_id}/reviews", 22, 0.02),
                        new Page("author", "GET", "/authors/{author_id}", 11, 0.02),
                        new Page("cover", "GET", "/covers/{cover_id}", 4, 0.08),
                        new Page("login", "POST", "/sessions", 120, 0.05),
                        new Page("logout", "DELETE", "/sessions/current", 6, 0.0),
                        new Page("profile", "GET", "/profile", 9, 0.01),
                        new Page("edit", "PUT", "/profile/address", 27, 0.04),
                        new Page("cart", "POST", "/carts", 18, 0.0),
                        new Page("add", "POST", "/carts/{cart_id}/items", 21, 0.02),
                        new Page("order", "POST", "/orders", 310, 0.06),
                        new Page("orders", "GET", "/orders", 33, 0.01),
                        new Page("receipt", "GET", "/orders/{order_id}", 16, 0.02),
                        new Page("stock", "GET", "/stock/feed", 2, 0.0),
                        new Page("charge", "POST", "/v2/charges", 240, 0.03))
                .forEach(page -> pages.put(page.id(), page));
        return pages;
    }
}
