package io.sluice.capture;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of a HAR entry: {@code postData} of the request, {@code content} of the response. */
final class HarBody {
    private record Param(
            String name,
            String value,
            @Nullable String fileName,
            @Nullable String mediaType) {}

    static void content(JsonParser json, byte[] text, ExchangeDraft draft) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        Packing packing = draft.response.packing;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "mimeType" -> draft.response.mediaTypeHint = JsonText.scalar(json);
                case "text" -> draft.response.body(JsonText.bytes(json, text));
                case "encoding" -> draft.response.bodyIsBase64("base64".equalsIgnoreCase(JsonText.scalar(json)));
                case "size" -> packing.size = JsonText.count(json);
                case "compression" -> packing.saved = JsonText.count(json);
                default -> json.skipChildren();
            }
        }
        if (packing.size > 0 && !draft.response.hasBody()) {
            draft.flags.add("body_missing");
        }
    }

    static void postData(JsonParser json, byte[] text, ExchangeDraft draft) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        MessageDraft request = draft.request;
        String mimeType = null;
        List<Param> params = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "mimeType" -> mimeType = JsonText.scalar(json);
                case "text" -> request.body(JsonText.bytes(json, text));
                case "encoding", "_encoding" -> request.bodyIsBase64("base64".equalsIgnoreCase(JsonText.scalar(json)));
                case "params" -> params(json, params);
                default -> json.skipChildren();
            }
        }
        request.mediaTypeHint = mimeType;
        if (!request.hasBody() && !params.isEmpty()) {
            request.body(rebuilt(params, mimeType == null ? "" : mimeType));
            draft.flags.add("body_rebuilt");
        }
    }

    private static void params(JsonParser json, List<Param> params) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                params.add(param(json));
            } else {
                json.skipChildren();
            }
        }
    }

    private static Param param(JsonParser json) throws IOException {
        String name = null;
        String value = null;
        String fileName = null;
        String mediaType = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            String scalar = JsonText.scalar(json);
            switch (field) {
                case "name" -> name = scalar;
                case "value" -> value = scalar;
                case "fileName" -> fileName = scalar;
                case "contentType" -> mediaType = scalar;
                default -> {}
            }
        }
        return new Param(name == null ? "" : name, value == null ? "" : value, fileName, mediaType);
    }

    /** Writes a form as it must have been sent, since the archive kept only its fields. */
    private static byte[] rebuilt(List<Param> params, String mimeType) {
        StringBuilder form = new StringBuilder();
        int boundaryAt = mimeType.indexOf("boundary=");
        if (boundaryAt < 0) {
            for (Param param : params) {
                form.append(form.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(param.name(), StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(param.value(), StandardCharsets.UTF_8));
            }
            return form.toString().getBytes(StandardCharsets.UTF_8);
        }
        String boundary = mimeType.substring(boundaryAt + "boundary=".length()).replace("\"", "");
        for (Param param : params) {
            form.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"");
            form.append(param.name()).append('"');
            if (param.fileName() != null) {
                form.append("; filename=\"").append(param.fileName()).append('"');
            }
            if (param.mediaType() != null) {
                form.append("\r\nContent-Type: ").append(param.mediaType());
            }
            form.append("\r\n\r\n").append(param.value()).append("\r\n");
        }
        form.append("--").append(boundary).append("--\r\n");
        return form.toString().getBytes(StandardCharsets.UTF_8);
    }

    private HarBody() {}
}
