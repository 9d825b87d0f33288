package io.sluice.scenario;

import io.sluice.dependency.Captured;
import io.sluice.dependency.Headers;
import io.sluice.dependency.JsonLeaves;
import io.sluice.dependency.Location;
import io.sluice.dependency.Location.Kind;
import io.sluice.dependency.Locations;
import io.sluice.dependency.PathParameters;
import io.sluice.scenario.Draft.Sent;
import io.sluice.scenario.Scenario.Body;
import io.sluice.scenario.Scenario.Expectation;
import io.sluice.scenario.Scenario.Parameter;
import io.sluice.scenario.Scenario.Request;
import io.sluice.scenario.Scenario.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns one chosen session into a scenario that can be replayed where ids and tokens are others. */
final class ScenarioBuilder {
    static final String ALGORITHM = "medoid-session";
    static final String ALGORITHM_VERSION = "1";

    private static final int MOST_LEAVES = 5000;

    private final Draft draft;
    private final Binding binding;

    private ScenarioBuilder(Draft draft) {
        this.draft = draft;
        this.binding = new Binding(draft);
    }

    /** The scenario of {@code draft}. */
    static Scenario build(Draft draft) {
        return new ScenarioBuilder(draft).scenario();
    }

    private Scenario scenario() {
        List<Request> requests = new ArrayList<>();
        for (int i = 0; i < draft.steps().size(); i++) {
            requests.add(request(i)); // all requests first: a later one decides what an earlier step extracts
        }
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            steps.add(step(i, requests.get(i)));
        }
        return named(ScenarioDocument.id(named("-", steps)), steps);
    }

    private Scenario named(String id, List<Step> steps) {
        Draft.Head head = draft.head();
        return new Scenario(
                id,
                head.name(),
                head.modelId(),
                ALGORITHM,
                ALGORITHM_VERSION,
                head.weight(),
                head.arrivalsPerMinute(),
                head.k(),
                head.sourceVersion(),
                draft.target(),
                binding.variables(),
                steps);
    }

    private Step step(int index, Request request) {
        Sent sent = draft.steps().get(index);
        return new Step(
                index,
                sent.endpointId(),
                sent.method() + " " + sent.exchange().template(),
                sent.thinkTimeMs(),
                request,
                binding.extractions(index),
                new Expectation(statuses(sent)),
                List.of(sent.exchangeId()));
    }

    /** The status seen here and those of the same class that the endpoint often gives. */
    private List<Integer> statuses(Sent sent) {
        List<Integer> frequent = draft.evidence().statuses().getOrDefault(sent.endpointId(), List.of());
        Integer seen =
                sent.status() != null ? sent.status() : frequent.isEmpty() ? Integer.valueOf(200) : frequent.get(0);
        Set<Integer> statuses = new LinkedHashSet<>(List.of(seen));
        frequent.stream().filter(status -> status / 100 == seen / 100).forEach(statuses::add);
        return List.copyOf(statuses);
    }

    private Request request(int index) {
        Sent sent = draft.steps().get(index);
        Captured exchange = sent.exchange();
        Body body = exchange.request().body().isEmpty() ? null : body(index, exchange.request());
        return new Request(
                sent.method(),
                path(index, exchange),
                query(index, exchange),
                headers(index, exchange.request(), body != null),
                body);
    }

    private Template path(int index, Captured exchange) {
        TemplateText path = new TemplateText(exchange.path());
        for (PathParameters.Parameter parameter : PathParameters.of(exchange.template(), exchange.path())) {
            Template bound = binding.bind(index, Location.named(Kind.PATH, parameter.name()), parameter.value());
            path.replace(parameter.start(), parameter.end(), bound);
        }
        return path.template();
    }

    private List<Parameter> query(int index, Captured exchange) {
        return exchange.query() == null
                ? List.of()
                : Locations.pairs(exchange.query()).stream()
                        .map(pair -> new Parameter(
                                pair.getKey(),
                                binding.bind(index, Location.named(Kind.QUERY, pair.getKey()), pair.getValue())))
                        .toList();
    }

    private List<Parameter> headers(int index, Captured.Message request, boolean hasBody) {
        List<Parameter> headers = new ArrayList<>();
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey();
            String value = header.getValue();
            if (name.equalsIgnoreCase("Accept") || (hasBody && name.equalsIgnoreCase("Content-Type"))) {
                headers.add(new Parameter(name, Template.text(value)));
            } else if (Headers.carriesValue(name) && !name.equalsIgnoreCase("Cookie") && !value.isEmpty()) {
                int scheme = Headers.schemeLength(name, value);
                TemplateText text = new TemplateText(value);
                text.replace(
                        scheme, value.length(), binding.bind(index, Headers.location(name), value.substring(scheme)));
                headers.add(new Parameter(name, text.template()));
            }
        }
        return List.copyOf(headers);
    }

    private Body body(int index, Captured.Message request) {
        if (request.isForm()) {
            return new Body(request.mediaType(), form(index, request.body()));
        }
        JsonLeaves json = JsonLeaves.of(request.body(), MOST_LEAVES);
        if (!request.isJson() || json.end() != JsonLeaves.End.COMPLETE) {
            return new Body(mediaType(request, "text/plain"), binding.fresh("body", request.body()));
        }
        TemplateText text = new TemplateText(request.body());
        for (JsonLeaves.Leaf leaf : json.leaves()) {
            if (leaf.type() == JsonLeaves.Type.STRING || leaf.type() == JsonLeaves.Type.NUMBER) {
                Template bound = binding.bind(index, leaf.location().generalized(), leaf.text());
                if (!bound.variables().isEmpty()) {
                    text.replace(leaf.start(), leaf.end(), bound);
                }
            }
        }
        return new Body(mediaType(request, "application/json"), text.template());
    }

    private Template form(int index, String body) {
        TemplateText text = new TemplateText(body);
        int at = 0;
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            List<Map.Entry<String, String>> decoded = Locations.pairs(pair);
            if (equals > 0 && !decoded.isEmpty()) {
                Template bound = binding.bind(
                        index,
                        Location.named(Kind.FORM, decoded.get(0).getKey()),
                        decoded.get(0).getValue());
                if (!bound.variables().isEmpty()) {
                    text.replace(at + equals + 1, at + pair.length(), bound);
                }
            }
            at += pair.length() + 1;
        }
        return text.template();
    }

    private static String mediaType(Captured.Message request, String otherwise) {
        return request.mediaType().isEmpty() ? otherwise : request.mediaType();
    }
}
