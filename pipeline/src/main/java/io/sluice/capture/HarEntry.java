package io.sluice.capture;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one HAR entry; fields with an underscore are additions of the tools that write them. */
final class HarEntry implements EntryParser.Fields {
    @Override
    public void read(JsonParser json, byte[] text, ExchangeDraft draft) throws IOException, RejectedException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "startedDateTime" -> draft.timestamp = JsonText.scalar(json);
                case "time" -> draft.durationMicros = durationMicros(json, draft);
                case "request" -> request(json, text, draft);
                case "response" -> response(json, text, draft);
                case "connection" -> draft.connectionId = JsonText.scalar(json);
                case "_direction" -> draft.direction = JsonText.scalar(json);
                case "_service" -> draft.service = JsonText.scalar(json);
                case "_clientAddress" -> draft.clientAddress = JsonText.scalar(json);
                case "_id" -> draft.captureId = JsonText.scalar(json);
                case "_webSocketMessages" -> {
                    draft.flags.add("websocket_messages");
                    json.skipChildren();
                }
                case "log" -> {
                    if (value == JsonToken.START_OBJECT) {
                        throw new RejectedException(
                                RejectReason.COLLIDED,
                                "Another archive begins here before the one around it has ended");
                    }
                    json.skipChildren();
                }
                default -> json.skipChildren();
            }
        }
    }

    private static void request(JsonParser json, byte[] text, ExchangeDraft draft)
            throws IOException, RejectedException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "method" -> draft.method = JsonText.scalar(json);
                case "url" -> draft.url = JsonText.scalar(json);
                case "httpVersion" -> draft.httpVersion = JsonText.scalar(json);
                case "headers" -> JsonHeaders.readList(json, draft.request);
                case "postData" -> HarBody.postData(json, text, draft);
                default -> json.skipChildren();
            }
        }
    }

    private static void response(JsonParser json, byte[] text, ExchangeDraft draft)
            throws IOException, RejectedException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "status" -> draft.status = status(JsonText.scalar(json));
                case "headers" -> JsonHeaders.readList(json, draft.response);
                case "bodySize" -> draft.response.packing.sent = JsonText.count(json);
                case "content" -> HarBody.content(json, text, draft);
                default -> json.skipChildren();
            }
        }
    }

    /** The number at the start of {@code 200} or {@code 200 OK}; null for none and for 0, which stands for none. */
    static @Nullable Integer status(@Nullable String written) throws RejectedException {
        String text = written == null ? "" : written.strip();
        if (text.isEmpty()) {
            return null;
        }
        int space = text.indexOf(' ');
        String number = space < 0 ? text : text.substring(0, space);
        try {
            int status = Integer.parseInt(number);
            if (status == 0 || (status >= 100 && status <= 999)) {
                return status == 0 ? null : status;
            }
        } catch (NumberFormatException notANumber) {
            throw new RejectedException(RejectReason.BAD_STATUS, "The status of the response is not a number");
        }
        throw new RejectedException(RejectReason.BAD_STATUS, "The status of the response is not between 100 and 999");
    }

    private static @Nullable Long durationMicros(JsonParser json, ExchangeDraft draft) throws IOException {
        String written = JsonText.scalar(json);
        if (written == null) {
            return null;
        }
        try {
            double millis = Double.parseDouble(written);
            return millis >= 0 && millis < Long.MAX_VALUE / 1e3 ? Math.round(millis * 1_000) : null;
        } catch (NumberFormatException notANumber) {
            draft.flags.add("bad_duration");
            return null;
        }
    }
}
