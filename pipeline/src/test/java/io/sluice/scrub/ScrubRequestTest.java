package io.sluice.scrub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.redaction.RedactionPolicy;
import io.sluice.scrub.search.SearchedRule;
import io.sluice.tenant.TenantKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScrubRequestTest {
    private static final TenantKey KEY = new TenantKey(new byte[32], 1);
    private static final String EVERYTHING = "{\"from\": null, \"to\": null, \"services\": []}";

    @Test
    void readsEveryKindOfSelector() throws ScrubRequest.Unusable {
        ScrubRequest request = ScrubRequest.read("""
                { "id": "req-2026-0117", "receivedAt": "2026-11-20T09:00:00Z", "deadline": "PT72H",
                  "basis": "GDPR Art. 17", "action": "redact", "history": "preserve",
                  "selectors": [ {"subject": {"kind": "email", "value": "ada@example.org"}},
                                 {"literal": "4f9d-secret"}, {"regex": "ACME-[0-9]{6}"},
                                 {"field": "$.customer.name", "equals": "Ada L."}, {"policyRule": "phones"} ],
                  "scope": {"from": "2026-01-01T00:00:00.0000005Z", "services": ["shop", "cart", "shop"]} }
                """);

        assertThat(request.keepsExchanges()).isTrue();
        assertThat(request.concernsExchangesOnly()).isTrue();
        assertThat(request.scope().from()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(request.scope().services()).containsExactly("cart", "shop");
        assertThat(request.searchPlan(KEY, RedactionPolicy.standard()).rules())
                .extracting(SearchedRule::selector)
                .containsExactly(4);
    }

    @Test
    void aScopeOfEverythingIsNone() throws ScrubRequest.Unusable {
        ScrubRequest without = ScrubRequest.read(request("erase", "ada@example.org", EVERYTHING));
        assertThat(without.concernsExchangesOnly()).isFalse();
        assertThat(without.certified("acme", KEY).scope()).isNull();
        assertThat(ScrubRequest.read(request("erase", "ada@example.org", "{}")).hash(KEY))
                .isEqualTo(without.hash(KEY));
        assertThat(ScrubRequest.read(request("erase", "ada@example.org", "{\"services\": [\"shop\"]}"))
                        .hash(KEY))
                .isNotEqualTo(without.hash(KEY));
        assertThat(ScrubRequest.read(request("redact", "ada@example.org", "{}")).hash(KEY))
                .isNotEqualTo(without.hash(KEY));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"from": "2026-02-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"} | ends before it begins
                    {"from": "+300000-01-01T00:00:00Z"}                            | must lie from
                    {"from": "in the beginning of it"}                             | not written as ISO 8601 has it
                    {"from": "2026-02-01T00:00:00Z", "until": null}                | scope
                    {"services": ["4f9d-secret-shop"]}                             | holds a selected value
                    """)
    void aScopeThatNobodyCanMeanIsRefusedWithoutTellingAValue(String scope, String why) {
        assertThatThrownBy(() -> ScrubRequest.read(request("erase", "4f9d-secret", scope)))
                .isInstanceOf(ScrubRequest.Unusable.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining("4f9d-secret");
    }

    @Test
    void whatMasksWouldMatchAgainIsRefused() {
        assertThatThrownBy(() -> ScrubRequest.read(
                        request("redact", "x", "{}").replace("{\"literal\": \"x\"}", "{\"regex\": \"[^a-z]{3}\"}")))
                .isInstanceOf(ScrubRequest.Unusable.class)
                .hasMessageContaining("action: redact");
    }

    @Test
    void whatRedactingCannotWidenIsRefused() {
        String actor =
                request("redact", "4f9d-secret", "{}").replace("\"history\"", "\"expand\": \"actor\", \"history\"");
        assertThatThrownBy(() -> ScrubRequest.read(actor))
                .isInstanceOf(ScrubRequest.Unusable.class)
                .hasMessageContaining("action: redact cannot");
    }

    private static String request(String action, String literal, String scope) {
        return """
                { "id": "r1", "receivedAt": "2026-11-20T09:00:00Z", "deadline": "PT72H", "basis": "GDPR Art. 17",
                  "action": "%s", "history": "purge", "selectors": [ {"literal": "%s"} ], "scope": %s }
                """.formatted(action, literal, scope);
    }
}
