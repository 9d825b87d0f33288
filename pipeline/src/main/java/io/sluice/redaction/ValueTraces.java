package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What redaction leaves of a value in the tables: pseudonyms, and hashes in the blind index. */
public final class ValueTraces {
    private static final List<IdentifierKind> OF_ANY_FORM =
            List.of(IdentifierKind.SUBJECT, IdentifierKind.CREDENTIAL, IdentifierKind.PASSWORD);

    private final Pseudonyms pseudonyms;
    private final BlindIndex index;

    public ValueTraces(TenantKey key) {
        pseudonyms = new Pseudonyms(key, (claims, into) -> claims);
        index = new BlindIndex(key);
    }

    /** Pseudonyms of {@code value} as {@code kind}, and as what a field's name alone may have made it. */
    public List<String> pseudonyms(@Nullable IdentifierKind kind, String value) {
        return kinds(kind)
                .map(one -> new String(pseudonyms.of(one, value).text(), StandardCharsets.UTF_8))
                .filter(pseudonym -> !pseudonym.equals(value))
                .distinct()
                .toList();
    }

    /** Hashes under which the blind index may know {@code value}. */
    public List<String> indexHashes(@Nullable IdentifierKind kind, String value) {
        return kinds(kind)
                .map(one -> index.identify(one, value).hash())
                .distinct()
                .toList();
    }

    private static Stream<IdentifierKind> kinds(@Nullable IdentifierKind kind) {
        return Stream.concat(Stream.ofNullable(kind), OF_ANY_FORM.stream()).distinct();
    }
}
