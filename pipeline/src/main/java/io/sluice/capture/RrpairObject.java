package io.sluice.capture;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one RRPair object: a request and its response as Speedscale's proxy recorded them. */
final class RrpairObject implements EntryParser.Fields {
    private static final Pattern PROTOCOL_NAME = Pattern.compile("[A-Za-z0-9._-]{1,20}");
    private static final String UNSET = "undefined";
    private static final int UUID_BYTES = 16;

    @Override
    public void read(JsonParser json, byte[] text, ExchangeDraft draft) throws IOException, RejectedException {
        new Pass(json, text, draft).read();
    }

    /** {@code null} for what the proxy writes where it does not know. */
    private static @Nullable String known(@Nullable String value) {
        return value == null || value.isBlank() || value.equals(UNSET) ? null : value;
    }

    /** The 16 bytes in base64 as a UUID; text of another shape as it is. */
    static @Nullable String uuid(@Nullable String written) {
        if (written == null || written.isBlank()) {
            return null;
        }
        byte[] bytes = MessageDraft.decode(written.getBytes(StandardCharsets.UTF_8));
        if (bytes == null || bytes.length != UUID_BYTES) {
            return written;
        }
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        return new UUID(halves.getLong(), halves.getLong()).toString();
    }

    /** One reading of one object; what is said twice is settled at its end. */
    private static final class Pass {
        private final JsonParser json;
        private final byte[] text;
        private final ExchangeDraft draft;
        private boolean http;
        private boolean tls;
        private @Nullable String protocol;
        private @Nullable String command;
        private @Nullable String location;
        private @Nullable String status;
        private @Nullable String networkAddress;
        private @Nullable String label;
        private @Nullable String service;
        private @Nullable String proxyLocation;

        Pass(JsonParser json, byte[] text, ExchangeDraft draft) {
            this.json = json;
            this.text = text;
            this.draft = draft;
        }

        void read() throws IOException, RejectedException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                field(name);
            }
            settle();
        }

        private void field(String name) throws IOException, RejectedException {
            switch (name) {
                case "ts" -> draft.timestamp = JsonText.scalar(json);
                case "duration" -> draft.durationMicros = RrpairDuration.micros(JsonText.scalar(json), draft);
                case "direction" -> draft.direction = known(JsonText.scalar(json));
                case "uuid" -> draft.captureId = uuid(JsonText.scalar(json));
                case "l7protocol" -> protocol = known(JsonText.scalar(json));
                case "isTls" -> tls = "true".equals(JsonText.scalar(json));
                case "service" -> service = known(JsonText.scalar(json));
                case "network_address" -> networkAddress = known(JsonText.scalar(json));
                case "command" -> command = known(JsonText.scalar(json));
                case "location" -> location = known(JsonText.scalar(json));
                case "status" -> status = known(JsonText.scalar(json));
                case "tags" -> object(this::tag);
                case "netinfo" -> object(this::network);
                case "http" -> object(this::side);
                default -> json.skipChildren();
            }
        }

        private void tag(String name) throws IOException {
            switch (name) {
                case "k8sAppLabel" -> label = known(JsonText.scalar(json));
                case "proxyLocation" -> proxyLocation = known(JsonText.scalar(json));
                case "match" -> {
                    String match = known(JsonText.scalar(json));
                    if (match != null) {
                        draft.flags.add("match_" + match.toLowerCase(Locale.ROOT));
                    }
                }
                default -> json.skipChildren();
            }
        }

        private void network(String name) throws IOException, RejectedException {
            switch (name) {
                case "id" -> draft.connectionId = known(JsonText.scalar(json));
                case "downstream" ->
                    object(field -> {
                        if (field.equals("ipAddress")) {
                            draft.clientAddress = known(JsonText.scalar(json));
                        } else {
                            json.skipChildren();
                        }
                    });
                default -> json.skipChildren();
            }
        }

        private void side(String name) throws IOException, RejectedException {
            switch (name) {
                case "req" -> {
                    http |= json.currentToken() == JsonToken.START_OBJECT;
                    object(this::request);
                }
                case "res" -> object(this::response);
                default -> json.skipChildren();
            }
        }

        private void request(String name) throws IOException, RejectedException {
            switch (name) {
                case "method" -> draft.method = known(JsonText.scalar(json));
                case "uri" -> draft.url = known(JsonText.scalar(json));
                case "url" -> {
                    String url = known(JsonText.scalar(json));
                    location = location == null ? url : location;
                }
                case "version" -> draft.httpVersion = known(JsonText.scalar(json));
                case "host" -> draft.authority = known(JsonText.scalar(json));
                case "headers" -> JsonHeaders.readMap(json, draft.request);
                case "bodyBase64" -> {
                    draft.request.body(JsonText.bytes(json, text));
                    draft.request.bodyIsBase64(true);
                }
                default -> json.skipChildren();
            }
        }

        private void response(String name) throws IOException, RejectedException {
            switch (name) {
                case "statusCode" -> draft.status = HarEntry.status(JsonText.scalar(json));
                case "contentType" -> draft.response.mediaTypeHint = known(JsonText.scalar(json));
                case "headers" -> JsonHeaders.readMap(json, draft.response);
                case "bodyBase64" -> {
                    draft.response.body(JsonText.bytes(json, text));
                    draft.response.bodyIsBase64(true);
                }
                default -> json.skipChildren();
            }
        }

        private void settle() throws RejectedException {
            if (!http) {
                boolean nameable =
                        protocol != null && PROTOCOL_NAME.matcher(protocol).matches();
                throw new RejectedException(
                        RejectReason.NOT_HTTP,
                        nameable
                                ? "The exchange is of the protocol " + protocol + ", not HTTP"
                                : "The exchange has no HTTP request");
            }
            draft.method = draft.method == null ? command : draft.method;
            draft.url = draft.url == null ? location : draft.url;
            draft.authority = draft.authority == null ? networkAddress : draft.authority;
            draft.service = label == null ? service : label;
            if (draft.direction == null) {
                draft.direction = proxyLocation;
            }
            if (draft.status == null) {
                draft.status = HarEntry.status(status);
            }
            draft.scheme = tls || "https".equalsIgnoreCase(protocol) ? "https" : "http";
        }

        private void object(FieldReader fields) throws IOException, RejectedException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.read(name);
            }
        }
    }

    /** Reads the value of one named field. */
    private interface FieldReader {
        void read(String name) throws IOException, RejectedException;
    }
}
