package io.sluice.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** The claims of a JSON web token (RFC 7519), as far as they say whose it is. */
record Claims(JsonNode json) {
    private static final List<String> SUBJECT = List.of(
            "sub", "uid", "user_id", "userId", "email", "preferred_username", "username", "upn", "oid", "client_id");

    static Claims of(String json) {
        return new Claims(Json.read(json));
    }

    Optional<String> subject() {
        return SUBJECT.stream()
                .map(json::path)
                .filter(value -> value.isValueNode() && !value.asText().isBlank())
                .map(JsonNode::asText)
                .findFirst();
    }
}
