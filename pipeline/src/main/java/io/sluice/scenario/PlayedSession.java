package io.sluice.scenario;

import io.sluice.dependency.Location;
import io.sluice.dependency.Response;
import io.sluice.scenario.Scenario.Choice;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One session while it is played: its variables and cookies. */
final class PlayedSession {
    private static final String COOKIE = "Cookie";

    private final Wire wire;
    private final SplittableRandom random;
    private final Cookies cookies = new Cookies();
    private final Map<String, String> variables = new HashMap<>();

    PlayedSession(Wire wire, Scenario scenario, SplittableRandom random) {
        this.wire = wire;
        this.random = random;
        FreshValue fresh = new FreshValue(random.split());
        for (Scenario.Variable variable : scenario.variables()) {
            Scenario.Generator generator = variable.generate();
            variables.put(variable.name(), generator == null ? drawn(variable.choices()) : fresh.make(generator));
        }
    }

    /** One of the learned pauses before {@code step}. */
    long thinkTimeMs(Scenario.Step step) {
        List<Long> deciles = step.thinkTimeMs();
        return deciles.isEmpty() ? 0 : deciles.get(random.nextInt(deciles.size()));
    }

    PlayedStep play(Scenario.Step step) throws InterruptedException {
        List<Integer> expected = step.expect().status();
        List<String> missing = missing(step.request());
        if (!missing.isEmpty()) {
            step.extract().forEach(extraction -> variables.remove(extraction.variable()));
            return PlayedStep.unsent(step.index(), step.name(), expected, missing);
        }
        Optional<HttpResponse<byte[]>> response = wire.send(message(step.request()));
        take(step, response);
        return response.map(answer -> PlayedStep.answered(step.index(), step.name(), answer.statusCode(), expected))
                .orElseGet(() -> PlayedStep.unanswered(step.index(), step.name(), expected));
    }

    private List<String> missing(Scenario.Request request) {
        Stream<Template> parameters = Stream.concat(request.query().stream(), request.headers().stream())
                .map(Scenario.Parameter::value);
        Stream<Template> body = Stream.ofNullable(request.body()).map(Scenario.Body::text);
        return Stream.of(Stream.of(request.path()), parameters, body)
                .flatMap(templates -> templates)
                .flatMap(template -> template.variables().stream())
                .filter(variable -> !variables.containsKey(variable))
                .distinct()
                .toList();
    }

    /** Sets what the step extracts; what the response does not hold is unset, lest an outdated value is used. */
    private void take(Scenario.Step step, Optional<HttpResponse<byte[]>> answer) {
        answer.ifPresent(response -> cookies.take(response.headers().allValues("Set-Cookie")));
        if (step.extract().isEmpty()) {
            return;
        }
        Optional<Response> response =
                answer.map(sent -> Response.of(sent.headers().map(), Wire.text(sent)));
        for (Scenario.Extraction extraction : step.extract()) {
            Optional<String> value = response.flatMap(held -> held.first(Location.parse(extraction.from())));
            value.ifPresentOrElse(
                    found -> variables.put(extraction.variable(), found),
                    () -> variables.remove(extraction.variable()));
        }
    }

    private Wire.Message message(Scenario.Request request) {
        String path = filled(request.path(), Encoding.PATH);
        String query = request.query().stream()
                .map(parameter -> Encoding.FORM.encode(parameter.name()) + "="
                        + Encoding.FORM.encode(filled(parameter.value(), Encoding.NONE)))
                .collect(Collectors.joining("&"));
        return new Wire.Message(
                request.method(), query.isEmpty() ? path : path + "?" + query, headers(request), body(request));
    }

    private List<Map.Entry<String, String>> headers(Scenario.Request request) {
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        String cookie = "";
        for (Scenario.Parameter header : request.headers()) {
            String value = filled(header.value(), Encoding.NONE);
            if (header.name().equalsIgnoreCase(COOKIE)) {
                cookie = value;
            } else {
                headers.add(Map.entry(header.name(), value));
            }
        }
        String sent = cookies.header(cookie);
        if (!sent.isEmpty()) {
            headers.add(Map.entry(COOKIE, sent));
        }
        return headers;
    }

    private BodyPublisher body(Scenario.Request request) {
        Scenario.Body body = request.body();
        return body == null
                ? BodyPublishers.noBody()
                : BodyPublishers.ofString(filled(body.text(), Encoding.ofMediaType(body.mediaType())));
    }

    private String filled(Template template, Encoding encoding) {
        return template.fill(variable -> encoding.encode(Objects.requireNonNull(variables.get(variable))));
    }

    private String drawn(List<Choice> choices) {
        double left = random.nextDouble()
                * choices.stream().mapToDouble(Choice::weight).sum();
        for (Choice choice : choices) {
            left -= choice.weight();
            if (left < 0) {
                return choice.value();
            }
        }
        return choices.isEmpty() ? "" : choices.get(choices.size() - 1).value();
    }
}
