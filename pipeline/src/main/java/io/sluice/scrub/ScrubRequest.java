package io.sluice.scrub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.sluice.schemas.Document;
import io.sluice.scrub.evidence.Certificate;
import io.sluice.scrub.search.SearchPlan;
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

/** The demand that values leave everything that is stored, and until when. */
public record ScrubRequest(
        String id,
        Instant receivedAt,
        Duration deadline,
        String basis,
        Action action,
        List<Selector> selectors,
        History history) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .build();

    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    public ScrubRequest {
        selectors = selectors.stream().map(Selector::stripped).toList();
    }

    /** What happens to the rows that hold a value. */
    public enum Action {
        /** They go, with all that was derived from them. */
        ERASE
    }

    /** What happens to earlier versions of the tables. */
    public enum History {
        /** They can no longer be read. */
        PURGE,
        /** They can still be read, with the rows blank. */
        PRESERVE
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
            throw new Unusable("it is not JSON, or receivedAt or deadline is not written as ISO 8601 has it,"
                    + " e.g. 2026-11-20T09:00:00Z and PT72H");
        }
    }

    /** When it must be done. */
    public Instant due() {
        return receivedAt.plus(deadline);
    }

    /** Whether all that is selected are identifiers, which the blind index knows. */
    public boolean isOfIdentifiers() {
        return selectors.stream().allMatch(selector -> selector.kind() != null);
    }

    /** Every form in which the selected values may stand somewhere. */
    public SearchPlan searchPlan(TenantKey key) {
        List<SearchedValue> values = new ArrayList<>();
        for (int i = 0; i < selectors.size(); i++) {
            values.add(new SearchedValue(
                    i, selectors.get(i).kind(), selectors.get(i).value()));
        }
        return SearchPlan.of(values, key);
    }

    private boolean idOrBasisHoldsAValue() {
        ValueScan scan = new ValueScan(searchPlan(new TenantKey(new byte[TenantKey.MINIMUM_BYTES], 0)));
        return !scan.whole((id + "\n" + basis).getBytes(StandardCharsets.UTF_8)).isEmpty();
    }

    /** Keyed hash of all that is asked for. */
    public String hash(TenantKey key) {
        String demand = action + "\n" + history + "\n" + receivedAt + "\n" + deadline + "\n"
                + String.join("\n", selectorHashes(key));
        return HexFormat.of().formatHex(key.mac("scrub-request", demand));
    }

    /** The request as a certificate names it: its values as keyed hashes, of a key that serves nothing else. */
    public Certificate.Request certified(String tenant, TenantKey key) {
        return new Certificate.Request(
                id,
                tenant,
                basis,
                action.name().toLowerCase(Locale.ROOT),
                history.name().toLowerCase(Locale.ROOT),
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
        if (receivedAt.isBefore(EARLIEST) || receivedAt.isAfter(LATEST)) {
            throw new Unusable("receivedAt must lie from " + EARLIEST + " to " + LATEST);
        }
        for (int i = 0; i < selectors.size(); i++) {
            if (selectors.get(i).value().strip().length() < SearchPlan.FEWEST_CHARACTERS) {
                throw new Unusable("selectors[" + i + "] has fewer than " + SearchPlan.FEWEST_CHARACTERS
                        + " characters besides spaces, which stand in everything");
            }
            if (!selectors.get(i).isOfItsKind()) {
                throw new Unusable("selectors[" + i + "] does not look like what its kind says");
            }
        }
        if (idOrBasisHoldsAValue()) {
            throw new Unusable("id or basis holds a selected value, and both are kept as evidence");
        }
    }
}
