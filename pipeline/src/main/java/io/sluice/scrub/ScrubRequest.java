package io.sluice.scrub;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.sluice.redaction.RedactionPolicy;
import io.sluice.schemas.Document;
import io.sluice.scrub.evidence.Certificate;
import io.sluice.scrub.search.JsonPath;
import io.sluice.scrub.search.Masking;
import io.sluice.scrub.search.Scope;
import io.sluice.scrub.search.SearchPlan;
import io.sluice.scrub.search.SearchedField;
import io.sluice.scrub.search.SearchedPattern;
import io.sluice.scrub.search.SearchedRule;
import io.sluice.scrub.search.SearchedValue;
import io.sluice.scrub.search.ValueScan;
import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The demand that values leave everything that is stored, and until when. */
public record ScrubRequest(
        String id,
        Instant receivedAt,
        Duration deadline,
        String basis,
        Action action,
        List<Selector> selectors,
        @Nullable Expand expand,
        Scope scope,
        History history) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    @SuppressWarnings("NullAway") // Jackson gives null for what the document leaves out
    public ScrubRequest {
        scope = scope == null ? Scope.EVERYTHING : scope;
        selectors = selectors.stream().map(Selector::stripped).toList();
    }

    /** What happens to the rows that hold a value. */
    public enum Action {
        /** They go, with all that was derived from them. */
        ERASE,
        /** They stay, with a mask where the value stood. */
        REDACT
    }

    /** What is selected besides the exchanges in which a value stands. */
    public enum Expand {
        /** All exchanges of the actors that made one of those. */
        ACTOR
    }

    /** What happens to earlier versions of the tables. */
    public enum History {
        /** They can no longer be read. */
        PURGE,
        /** They can still be read, with the rows blank. */
        PRESERVE;

        /** As documents have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is wrong with a request, without a value of it. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why);
        }
    }

    /** Reads the JSON document of a request. */
    public static ScrubRequest read(String json) throws Unusable {
        try {
            JSON.readTree(json);
            Document.SCRUB_REQUEST.check(json);
            ScrubRequest request = JSON.readValue(json, ScrubRequest.class);
            request.refuseWhatNobodyMeans();
            return request;
        } catch (Document.Invalid e) {
            throw new Unusable(String.valueOf(e.getMessage()));
        } catch (JsonProcessingException | DateTimeException e) { // their messages repeat the text
            throw new Unusable(
                    "it is not JSON, or a time in receivedAt, deadline or scope is not written as ISO 8601 has it,"
                            + " e.g. 2026-11-20T09:00:00Z and PT72H");
        }
    }

    /** The same about other values. */
    ScrubRequest selecting(List<Selector> others) {
        return new ScrubRequest(id, receivedAt, deadline, basis, action, others, expand, scope, history);
    }

    /** When it must be done. */
    public Instant due() {
        return receivedAt.plus(deadline);
    }

    /** The selected texts with their kinds; what is selected otherwise cannot be kept from coming back. */
    public List<Selector> values() {
        return selectors.stream().filter(Selector::isValue).toList();
    }

    /** Whether all that is selected are identifiers, which the blind index knows. */
    public boolean isOfIdentifiers() {
        return selectors.stream().allMatch(selector -> selector.kind() != null);
    }

    /** Whether exchanges stay in which a value stood. */
    public boolean keepsExchanges() {
        return action == Action.REDACT;
    }

    /** Names of redaction rules that are selected. */
    public List<String> rules() {
        return selectors.stream()
                .map(Selector::policyRule)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether what is selected can be told apart in exchanges only, and not in what was made of them. */
    public boolean concernsExchangesOnly() {
        return !scope.isEverything() || !rules().isEmpty();
    }

    /** Whether anything is selected but by redaction rules. */
    public boolean isOfValues() {
        return rules().size() < selectors.size();
    }

    /** Whether what is looked for depends on the tenant's redaction policy. */
    public boolean needsPolicy() {
        return selectors.stream().anyMatch(selector -> selector.policyRule() != null || selector.equals() != null);
    }

    /** Every form in which the selected values may stand somewhere, and the rules of {@code policy}, which has those selected. */
    public SearchPlan searchPlan(TenantKey key, RedactionPolicy policy) {
        SearchPlan plan = withoutRules(key, policy).within(scope);
        if (keepsExchanges()) {
            plan.withoutIds();
        }
        for (int i = 0; i < selectors.size(); i++) {
            String rule = selectors.get(i).policyRule();
            if (rule != null) {
                plan.and(SearchedRule.of(i, rule, policy, key));
            }
        }
        return plan;
    }

    private SearchPlan withoutRules(TenantKey key, RedactionPolicy policy) {
        List<SearchedValue> values = new ArrayList<>();
        for (int i = 0; i < selectors.size(); i++) {
            if (selectors.get(i).isValue()) {
                values.add(new SearchedValue(
                        i, selectors.get(i).kind(), selectors.get(i).value()));
            }
        }
        SearchPlan plan = SearchPlan.of(values, key);
        for (int i = 0; i < selectors.size(); i++) {
            Selector selector = selectors.get(i);
            if (selector.regex() != null) {
                plan.and(new SearchedPattern(i, selector.regex()));
            }
            if (selector.field() != null) {
                JsonPath path = JsonPath.of(selector.field()).orElseThrow();
                plan.and(
                        selector.equals() == null
                                ? SearchedField.any(i, path)
                                : SearchedField.holding(i, path, selector.equals(), policy, key));
            }
        }
        return plan;
    }

    /** Whether what is kept of {@code requests} holds a value that is selected here. */
    boolean holdsAValueIn(List<ScrubRequest> requests) {
        return holdsAValue(requests.stream()
                .map(request -> request.id + "\n" + request.basis + "\n" + String.join("\n", request.scope.services()))
                .collect(joining("\n")));
    }

    private boolean holdsAValue(String text) {
        ValueScan scan = new ValueScan(
                withoutRules(new TenantKey(new byte[TenantKey.MINIMUM_BYTES], 0), RedactionPolicy.standard()));
        return !scan.whole(text.getBytes(StandardCharsets.UTF_8)).isEmpty();
    }

    /** Keyed hash of all that is asked for. */
    public String hash(TenantKey key) {
        String demand = action + (expand == null ? "" : " " + expand) + (scope.isEverything() ? "" : " " + scope) + "\n"
                + history + "\n" + receivedAt + "\n" + deadline + "\n" + String.join("\n", selectorHashes(key));
        return HexFormat.of().formatHex(key.mac("scrub-request", demand));
    }

    /** The request as a certificate names it: its values as keyed hashes, of a key that serves nothing else. */
    public Certificate.Request certified(String tenant, TenantKey key) {
        return new Certificate.Request(
                id,
                tenant,
                basis,
                action.name().toLowerCase(Locale.ROOT),
                history.word(),
                scope.isEverything() ? null : scope,
                selectorHashes(key),
                receivedAt,
                due());
    }

    private List<String> selectorHashes(TenantKey key) {
        return selectors.stream()
                .map(selector -> key.mac("scrub-selector", selector + "\n" + selector.value()))
                .map(HexFormat.of()::formatHex)
                .toList();
    }

    private void refuseWhatNobodyMeans() throws Unusable {
        if (deadline.compareTo(Duration.ZERO) <= 0 || deadline.compareTo(LONGEST) > 0) {
            throw new Unusable("deadline must be longer than nothing and at most " + LONGEST.toDays() + " days");
        }
        for (Instant time : Stream.of(receivedAt, scope.from(), scope.to())
                .filter(Objects::nonNull)
                .toList()) {
            if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
                throw new Unusable("receivedAt and the times of scope must lie from " + EARLIEST + " to " + LATEST);
            }
        }
        for (int i = 0; i < selectors.size(); i++) {
            Optional<String> problem = selectors.get(i).problem();
            if (problem.isPresent()) {
                throw new Unusable("selectors[" + i + "] " + problem.get());
            }
        }
        if (scope.from() != null && scope.to() != null && !scope.from().isBefore(scope.to())) {
            throw new Unusable("scope ends before it begins");
        }
        if (action == Action.REDACT && expand != null) {
            throw new Unusable("expand takes out exchanges in which no value stands, which action: redact cannot");
        }
        if (action == Action.REDACT && holdsAValue(Masking.MASK)) {
            throw new Unusable("a selector matches " + Masking.MASK + ", which action: redact writes");
        }
        if (holdsAValueIn(List.of(this))) {
            throw new Unusable(
                    "id, basis or a service of scope holds a selected value, and these are kept as evidence");
        }
    }
}
