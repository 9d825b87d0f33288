package io.sluice.jobs.demo;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a service says to one call; {@code body} becomes JSON, null means no body. */
record Answer(int status, @Nullable Object body, Map<String, String> headers) {
    static Answer ok(Object body) {
        return new Answer(200, body, Map.of());
    }

    static Answer created(String location, Object body) {
        return new Answer(201, body, Map.of("Location", location));
    }

    static Answer nothing() {
        return new Answer(204, null, Map.of());
    }
}
