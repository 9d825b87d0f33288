package io.sluice.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.scenario.PlayedStep.Outcome;
import io.sluice.scenario.Scenario.Body;
import io.sluice.scenario.Scenario.Choice;
import io.sluice.scenario.Scenario.Expectation;
import io.sluice.scenario.Scenario.Extraction;
import io.sluice.scenario.Scenario.Format;
import io.sluice.scenario.Scenario.Generator;
import io.sluice.scenario.Scenario.Parameter;
import io.sluice.scenario.Scenario.Request;
import io.sluice.scenario.Scenario.Step;
import io.sluice.scenario.Scenario.Target;
import io.sluice.scenario.Scenario.Variable;
import io.sluice.scenario.Template.Place;
import io.sluice.scenario.Template.Text;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScenarioPlayerTest {
    private static final String ODD = "a b/c\"\\&=é";

    /** What the server was asked: request line, Cookie header, body. */
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void writesAValueAsThePlaceDemands() throws Exception {
        Template odd = Template.variable("odd");
        Scenario scenario = scenario(
                List.of(new Variable("odd", null, List.of(new Choice(ODD, 1)))),
                step(0, request("GET", parts("/x/", new Place("odd")), List.of(new Parameter("q&", odd)), null)),
                step(1, request("POST", parts("/j"), List.of(), json("{\"v\":\"", new Place("odd"), "\"}"))),
                step(2, request("POST", parts("/f"), List.of(), form("v=", new Place("odd")))));

        assertThat(play(scenario)).allMatch(PlayedStep::asExpected);
        assertThat(asked)
                .containsExactly(
                        "GET /x/a%20b%2Fc%22%5C%26%3D%C3%A9?q%26=a+b%2Fc%22%5C%26%3D%C3%A9 [] ",
                        "POST /j [] {\"v\":\"a b/c\\\"\\\\&=é\"}", "POST /f [] v=a+b%2Fc%22%5C%26%3D%C3%A9");
    }

    @Test
    void takesValuesFromBodyHeaderAndCookie() throws Exception {
        Scenario scenario = scenario(
                List.of(),
                step(
                        0,
                        get("/packed"),
                        new Extraction("id", "$.items[*].id"),
                        new Extraction("tag", "header:ETag"),
                        new Extraction("sid", "cookie:sid")),
                step(1, get("/i/", new Place("id"), "/", new Place("tag"))),
                step(2, get("/s/", new Place("sid"))));

        assertThat(play(scenario)).allMatch(PlayedStep::asExpected);
        assertThat(asked).containsExactly("GET /packed [] ", "GET /i/7/t-1 [sid=s1] ", "GET /s/s1 [sid=s1] ");
    }

    @Test
    void doesNotSendAStepWhoseValueIsMissingAndSaysWhich() throws Exception {
        Scenario scenario = scenario(
                List.of(),
                step(0, get("/packed"), new Extraction("id", "$.nothing")),
                step(1, get("/i/", new Place("id"))));

        List<PlayedStep> played = play(scenario);
        assertThat(played.get(1).outcome()).isEqualTo(Outcome.VALUE_MISSING);
        assertThat(played.get(1).missing()).containsExactly("id");
        assertThat(asked).hasSize(1);
    }

    @Test
    void tellsAnotherStatusFromNoResponse() throws Exception {
        Scenario scenario = scenario(List.of(), step(0, get("/missing")), step(1, get("/silent")));

        List<PlayedStep> played = play(scenario);
        assertThat(played).extracting(PlayedStep::outcome).containsExactly(Outcome.UNEXPECTED, Outcome.NO_RESPONSE);
        assertThat(played.get(0).status()).isEqualTo(404);
    }

    @Test
    void everySessionMakesItsOwnValuesAndTheSameSeedTheSame() throws Exception {
        List<Variable> made = new ArrayList<>();
        List<Object> path = new ArrayList<>();
        for (Format format : Format.values()) {
            path.add("/" + format + "/");
            path.add(new Place("v" + made.size()));
            made.add(new Variable("v" + made.size(), new Generator(format, 14), List.of()));
        }
        Scenario scenario = scenario(made, step(0, get(path.toArray())));
        ScenarioPlayer player = new ScenarioPlayer(settings());
        player.play(scenario, 1);
        player.play(scenario, 2);
        player.play(scenario, 1);

        assertThat(asked.get(2)).isEqualTo(asked.get(0));
        List<String> first = List.of(asked.get(0).split("/"));
        Set<String> second = new HashSet<>(List.of(asked.get(1).split("/")));
        assertThat(first.stream().filter(second::contains))
                .containsExactlyInAnyOrder(
                        "GET ", "EMAIL", "PHONE", "NAME", "UUID", "INTEGER", "DATE", "PASSWORD", "TEXT");
    }

    private List<PlayedStep> play(Scenario scenario) throws InterruptedException {
        return new ScenarioPlayer(settings()).play(scenario, 1);
    }

    private ScenarioPlayer.Settings settings() {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ScenarioPlayer.Settings(base, 1, Duration.ofMillis(400));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(exchange.getRequestMethod() + " " + path + " " + cookies + " " + body);
        if (path.equals("/silent")) {
            return;
        }
        if (path.equals("/packed")) {
            exchange.getResponseHeaders().add("ETag", "t-1");
            exchange.getResponseHeaders().add("Set-Cookie", "sid=s1; Path=/");
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
        }
        byte[] packed = packed("{\"items\":[{},{\"id\":7}]}");
        exchange.sendResponseHeaders(path.equals("/missing") ? 404 : 200, packed.length);
        exchange.getResponseBody().write(packed);
        exchange.close();
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    private static Scenario scenario(List<Variable> variables, Step... steps) {
        Target target = new Target("shop", "http", "shop.example", null);
        return new Scenario("s", "by hand", "m", "hand", "1", 1, 1, 1, 0, target, variables, List.of(steps));
    }

    private static Step step(int index, Request request, Extraction... extract) {
        return new Step(
                index,
                "e" + index,
                "step " + index,
                List.of(),
                request,
                List.of(extract),
                new Expectation(List.of(200)),
                List.of());
    }

    private static Request get(Object... path) {
        return request("GET", parts(path), List.of(), null);
    }

    private static Request request(String method, Template path, List<Parameter> query, @Nullable Body body) {
        return new Request(method, path, query, List.of(), body);
    }

    private static Body json(Object... parts) {
        return new Body("application/json", parts(parts));
    }

    private static Body form(Object... parts) {
        return new Body("application/x-www-form-urlencoded", parts(parts));
    }

    private static Template parts(Object... parts) {
        List<Template.Part> all = new ArrayList<>();
        for (Object part : parts) {
            all.add(part instanceof Place place ? place : new Text((String) part));
        }
        return new Template(all);
    }
}
