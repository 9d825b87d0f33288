package io.sluice.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Values as JavaScript literals, so that captured text cannot become code. */
final class JavaScript {
    private static final JsonMapper JSON = new JsonMapper();

    private JavaScript() {}

    /** Numbers, texts, lists and maps as a literal on one line; line separators are escaped too. */
    static String literal(@Nullable Object value) {
        try {
            return JSON.writeValueAsString(value).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
