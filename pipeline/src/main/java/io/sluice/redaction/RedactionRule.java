package io.sluice.redaction;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a policy: values found by these detectors or standing under these names get this action. Names are
 * compared without case, hyphens and underscores, and may begin or end with {@code *}.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RedactionRule(
        String name,
        IdentifierKind kind,
        Action action,
        List<Detector> detectors,
        List<String> fields,
        List<String> queries,
        List<String> headers,
        List<String> cookies,
        List<String> claims) {

    @SuppressWarnings("NullAway") // Jackson gives null for a list that the document leaves out
    public RedactionRule {
        detectors = listOrEmpty(detectors);
        fields = listOrEmpty(fields);
        queries = listOrEmpty(queries);
        headers = listOrEmpty(headers);
        cookies = listOrEmpty(cookies);
        claims = listOrEmpty(claims);
    }

    /** A rule of the same kind for a detector that matched inside something else. */
    static RedactionRule of(IdentifierKind kind, Action action) {
        return new RedactionRule(
                kind.label(), kind, action, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** The same rule, with nothing that it matches replaced. */
    RedactionRule keeping() {
        return new RedactionRule(name, kind, Action.KEEP, detectors, fields, queries, headers, cookies, claims);
    }

    private static <T> List<T> listOrEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
