package io.sluice.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.schemas.EndpointTable;
import io.sluice.schemas.ExchangeTable;
import io.sluice.schemas.SessionStepTable;
import io.sluice.schemas.SessionTable;
import io.sluice.schemas.TableSpec;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Traffic of a small shop with two kinds of visitors, who are known: buyers and readers. */
final class PlantedTraffic {
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final List<Map.Entry<String, String>> JSON =
            List.of(Map.entry("Content-Type", "application/json; charset=utf-8"));

    private final Random random = new Random(7);
    private final List<Row> exchanges = new ArrayList<>();
    private final List<Row> sessions = new ArrayList<>();
    private final List<Row> steps = new ArrayList<>();
    private final Map<String, String> endpoints = new LinkedHashMap<>();
    private String session = "";
    private int step;

    /** A request as a visitor sends it; the template names its endpoint. */
    private record Sent(
            String method,
            String template,
            String path,
            @Nullable String token,
            String body) {}

    /** Adds {@code buyers} who register, log in and order, and {@code readers} who look at books. */
    PlantedTraffic(int buyers, int readers) {
        for (int i = 0; i < buyers; i++) {
            buyer(i);
        }
        for (int i = 0; i < readers; i++) {
            reader(i);
        }
    }

    Dataset<Row> exchanges(SparkSession spark) {
        return spark.createDataFrame(exchanges, ExchangeTable.SPEC.schema());
    }

    Dataset<Row> sessions(SparkSession spark) {
        return spark.createDataFrame(sessions, SessionTable.SPEC.schema());
    }

    Dataset<Row> steps(SparkSession spark) {
        return spark.createDataFrame(steps, SessionStepTable.SPEC.schema());
    }

    Dataset<Row> endpoints(SparkSession spark) {
        List<Row> rows = endpoints.entrySet().stream()
                .map(endpoint -> row(
                        EndpointTable.SPEC,
                        Map.of(
                                EndpointTable.ENDPOINT_ID,
                                endpoint.getKey(),
                                EndpointTable.METHOD,
                                endpoint.getValue().split(" ", -1)[0],
                                EndpointTable.TEMPLATE,
                                endpoint.getValue().split(" ", -1)[1])))
                .toList();
        return spark.createDataFrame(rows, EndpointTable.SPEC.schema());
    }

    private void buyer(int number) {
        begin("buyer" + number);
        String email = "u" + number * 7919L + "@p" + number * 104729L + ".example";
        String token = "tok." + number * 15485863L + "." + random.nextLong(1L << 40);
        String order = "o-" + (100000 + random.nextInt(900000));
        String account = "{\"email\":\"" + email + "\",\"password\":\"PPPPPPPP\",\"name\":\"N" + number * 31 + "\"}";
        exchange(new Sent("POST", "/register", "/register", null, account), 201, "{\"email\":\"" + email + "\"}");
        String login = "{\"username\":\"" + email + "\",\"password\":\"PPPPPPPP\",\"remember\":true}";
        exchange(new Sent("POST", "/login", "/login", null, login), 200, "{\"access_token\":\"" + token + "\"}");
        String book = search(token);
        look(book, token);
        String line = "{\"book_id\":\"" + book + "\",\"quantity\":" + (1 + random.nextInt(2)) + "}";
        exchange(new Sent("POST", "/cart", "/cart", token, line), 200, "{\"lines\":1}");
        exchange(
                new Sent("POST", "/orders", "/orders", token, "{\"pay\":\"card\"}"),
                201,
                "{\"order_id\":\"" + order + "\"}");
        exchange(
                new Sent("GET", "/orders/{order_id}", "/orders/" + order, token, ""),
                200,
                "{\"id\":\"" + order + "\",\"state\":\"paid\"}");
        end();
    }

    private void reader(int number) {
        begin("reader" + number);
        for (int i = 0; i < 2 + random.nextInt(2); i++) {
            String book = search(null);
            look(book, null);
            look(book, null);
        }
        end();
    }

    private String search(@Nullable String token) {
        int first = random.nextInt(6);
        StringBuilder items = new StringBuilder();
        for (int i = first; i < first + 4; i++) {
            items.append(items.isEmpty() ? "" : ",").append("{\"id\":\"bk-" + i * 37 + "\",\"stock\":" + i + "}");
        }
        String[] words = {"dune", "emma", "ulysses"};
        String path = "/books?q=" + words[random.nextInt(words.length)];
        exchange(new Sent("GET", "/books", path, token, ""), 200, "{\"items\":[" + items + "],\"total\":4}");
        return "bk-" + (first + random.nextInt(4)) * 37;
    }

    private void look(String book, @Nullable String token) {
        exchange(
                new Sent("GET", "/books/{book_id}", "/books/" + book, token, ""),
                200,
                "{\"id\":\"" + book + "\",\"stock\":3}");
    }

    private void begin(String id) {
        session = id;
        step = 0;
    }

    private void end() {
        sessions.add(row(
                SessionTable.SPEC,
                Map.of(
                        SessionTable.SESSION_ID, session,
                        SessionTable.ACTOR, "actor-" + session,
                        SessionTable.STARTED_AT, START,
                        SessionTable.ENDED_AT, START,
                        SessionTable.STEP_COUNT, step)));
    }

    private void exchange(Sent sent, int status, String answer) {
        String id = session + "-" + step;
        String endpoint = sent.method() + sent.template();
        endpoints.put(endpoint, sent.method() + " " + sent.template());
        Instant at = START.plusSeconds(sessions.size() * 20L + step);
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put(ExchangeTable.EXCHANGE_ID, id);
        columns.put(ExchangeTable.CAPTURED_AT, at);
        columns.put(ExchangeTable.CAPTURED_DATE, LocalDate.parse("2026-01-05"));
        columns.put(ExchangeTable.SERVICE, "shop");
        columns.put(ExchangeTable.METHOD, sent.method());
        columns.put(ExchangeTable.SCHEME, "http");
        columns.put(ExchangeTable.HOST, "shop.example");
        columns.put(ExchangeTable.PORT, 8080);
        columns.put(ExchangeTable.PATH, sent.path().split("\\?", -1)[0]);
        if (sent.path().contains("?")) {
            columns.put(ExchangeTable.QUERY, sent.path().split("\\?", -1)[1]);
        }
        List<Row> headers = new ArrayList<>(List.of(
                RowFactory.create("Host", "shop.example"),
                RowFactory.create("User-Agent", "UA/" + session),
                RowFactory.create("Accept", "application/json")));
        if (sent.token() != null) {
            headers.add(RowFactory.create("Authorization", "Bearer " + sent.token()));
        }
        if (!sent.body().isEmpty()) {
            JSON.forEach(header -> headers.add(RowFactory.create(header.getKey(), header.getValue())));
            columns.put(ExchangeTable.REQUEST_MEDIA_TYPE, "application/json");
            columns.put(ExchangeTable.REQUEST_BODY, sent.body().getBytes(UTF_8));
        }
        columns.put(ExchangeTable.REQUEST_HEADERS, headers);
        columns.put(ExchangeTable.STATUS, status);
        columns.put(ExchangeTable.RESPONSE_HEADERS, List.of(RowFactory.create("Date", "today")));
        columns.put(ExchangeTable.RESPONSE_MEDIA_TYPE, "application/json");
        columns.put(ExchangeTable.RESPONSE_BODY, answer.getBytes(UTF_8));
        exchanges.add(row(ExchangeTable.SPEC, columns));
        Map<String, Object> placed = new LinkedHashMap<>(Map.of(
                SessionStepTable.SESSION_ID, session,
                SessionStepTable.STEP_INDEX, step,
                SessionStepTable.EXCHANGE_ID, id,
                SessionStepTable.ENDPOINT_ID, endpoint,
                SessionStepTable.CAPTURED_AT, at,
                SessionStepTable.STATUS, status));
        if (step > 0) {
            placed.put(SessionStepTable.THINK_TIME_MS, 500L + random.nextInt(1000));
        }
        steps.add(row(SessionStepTable.SPEC, placed));
        step++;
    }

    /** A row of the table in which what is not given is null or empty. */
    private static Row row(TableSpec table, Map<String, Object> columns) {
        return RowFactory.create(table.columns().stream()
                .map(column -> columns.containsKey(column.name())
                        ? columns.get(column.name())
                        : column.nullable() ? null : missing(column.type().typeName()))
                .toArray());
    }

    private static Object missing(String type) {
        return switch (type) {
            case "array" -> List.of();
            case "long" -> 0L;
            case "integer" -> 0;
            default -> "";
        };
    }
}
