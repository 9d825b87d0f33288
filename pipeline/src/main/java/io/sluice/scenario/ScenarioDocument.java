package io.sluice.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.schemas.Document;
import java.io.UncheckedIOException;

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
            return json;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scenario in {@code json}; fails with {@link Document.Invalid} where the schema is not met. */
    public static Scenario read(String json) {
        Document.SCENARIO.check(json);
        try {
            return JSON.readValue(json, Scenario.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
