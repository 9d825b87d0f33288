package io.sluice.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.schemas.Document;
import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RedactionPolicyTest {
    private static final TenantKey KEY = new TenantKey("a key that only tests use".getBytes(StandardCharsets.UTF_8), 1);
    private static final String MASK_NOTES = """
            {"name": "own", "decodedBodyBytes": 2048, "rules": [
              {"name": "theme stays", "kind": "credential", "action": "KEEP", "cookies": ["theme"]},
              {"name": "cookies", "kind": "credential", "action": "MASK", "cookies": ["*"]}]}
            """;

    @Test
    void refusesAnUnknownKey() {
        assertThatThrownBy(() -> RedactionPolicy.read(MASK_NOTES.replace("\"own\"", "\"own\", \"colour\": 1")))
                .isInstanceOf(Document.Invalid.class)
                .hasMessageContaining("colour");
    }

    @Test
    void hasTheSameVersionHoweverItIsWritten() {
        RedactionPolicy policy = RedactionPolicy.read(MASK_NOTES);
        assertThat(RedactionPolicy.read(policy.write())).isEqualTo(policy);
        assertThat(RedactionPolicy.read(MASK_NOTES.replace(" ", "").replace("themestays", "theme stays"))
                        .version())
                .isEqualTo(policy.version())
                .matches("[0-9a-f]{12}");
        assertThat(RedactionPolicy.standard().version()).isNotEqualTo(policy.version());
    }

    @Test
    void letsTheFirstMatchingRuleCount() {
        Redactor redactor = new Redactor(RedactionPolicy.read(MASK_NOTES), KEY);
        assertThat(redactor.header(slice("Cookie"), slice("theme=dark; sid=abc123def"), "request.header"))
                .asString()
                .isEqualTo("theme=dark; sid=***");
    }

    @Test
    void appliesOneRuleAsItWorksAmongThoseBeforeIt() {
        RedactionPolicy policy = RedactionPolicy.read(MASK_NOTES
                .replace("\"cookies\": [\"theme\"]", "\"fields\": [\"pin\"], \"cookies\": [\"theme\"]")
                .replace("\"cookies\": [\"*\"]", "\"fields\": [\"*pin\", \"code\"]"));
        StoredRedactor stored = new StoredRedactor(policy.only("cookies").orElseThrow(), KEY);
        byte[] body = "{\"pin\":\"1234\",\"code\":\"5678\"}".getBytes(StandardCharsets.UTF_8);

        byte[] redacted = stored.body(body, "application/json");
        assertThat(redacted).asString().isEqualTo("{\"pin\":\"1234\",\"code\":\"***\"}");
        assertThat(stored.body(redacted, "application/json"))
                .as("masked already, there is nothing to replace")
                .isSameAs(redacted);
        assertThat(policy.only("no such rule")).isEmpty();
    }

    private static Slice slice(String text) {
        return Slice.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
