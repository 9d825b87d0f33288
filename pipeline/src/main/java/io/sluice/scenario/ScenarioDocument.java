package io.sluice.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.schemas.Document;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/** Scenarios as JSON and back, checked against the schema both ways. */
public final class ScenarioDocument {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ScenarioDocument() {}

    /** The canonical JSON of {@code scenario}. */
    public static String write(Scenario scenario) {
        try {
            String json = JSON.writeValueAsString(scenario);
            Document.SCENARIO.check(json);
            checkVariables(scenario);
            return json;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scenario in {@code json}; fails with {@link Document.Invalid} where the schema is not met. */
    public static Scenario read(String json) {
        Document.SCENARIO.check(json);
        try {
            Scenario scenario = JSON.readValue(json, Scenario.class);
            checkVariables(scenario);
            return scenario;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An id made of all that {@code scenario} holds besides its id. */
    static String id(Scenario scenario) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(scenario));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every place must have a value when its step is sent: from a listed variable or from an earlier step. */
    private static void checkVariables(Scenario scenario) {
        Set<String> known = new HashSet<>();
        scenario.variables().forEach(variable -> known.add(variable.name()));
        for (Scenario.Step step : scenario.steps()) {
            places(step.request())
                    .filter(name -> !known.contains(name))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new IllegalArgumentException("The scenario uses the variable " + name + " in step "
                                + step.index() + ", but neither lists it nor extracts it in an earlier step");
                    });
            step.extract().forEach(extraction -> known.add(extraction.variable()));
        }
    }

    private static Stream<String> places(Scenario.Request request) {
        return Stream.of(
                        Stream.of(request.path()),
                        request.query().stream().map(Scenario.Parameter::value),
                        request.headers().stream().map(Scenario.Parameter::value),
                        Stream.ofNullable(request.body()).map(Scenario.Body::text))
                .flatMap(templates -> templates)
                .flatMap(template -> template.variables().stream());
    }
}
