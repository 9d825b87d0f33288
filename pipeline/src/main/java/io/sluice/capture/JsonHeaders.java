package io.sluice.capture;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads header fields in the two shapes that captures use. */
final class JsonHeaders {
    /** {@code [{"name": "Accept", "value": "text/html"}, ...]}. */
    static void readList(JsonParser json, MessageDraft message) throws IOException, RejectedException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        require(json, JsonToken.START_ARRAY);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json, JsonToken.START_OBJECT);
            String name = null;
            String value = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken token = json.nextToken();
                if (field.equals("name") && token == JsonToken.VALUE_STRING) {
                    name = json.getText();
                } else if (field.equals("value")) {
                    value = JsonText.scalar(json);
                } else {
                    json.skipChildren();
                }
            }
            if (name == null || name.isBlank()) {
                throw broken();
            }
            message.header(name, value == null ? "" : value);
        }
    }

    /** {@code {"Accept": ["text/html", "text/plain"], ...}}; a single value may stand without its list. */
    static void readMap(JsonParser json, MessageDraft message) throws IOException, RejectedException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        require(json, JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken token = json.nextToken();
            if (name.isBlank() || token == JsonToken.START_OBJECT) {
                throw broken();
            }
            if (token != JsonToken.START_ARRAY) {
                message.header(name, json.getText());
                continue;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (!json.currentToken().isScalarValue()) {
                    throw broken();
                }
                message.header(name, json.getText());
            }
        }
    }

    private static void require(JsonParser json, JsonToken wanted) throws RejectedException {
        if (json.currentToken() != wanted) {
            throw broken();
        }
    }

    private static RejectedException broken() {
        return new RejectedException(RejectReason.BAD_HEADERS, "The headers are not a list of names with values");
    }

    private JsonHeaders() {}
}
