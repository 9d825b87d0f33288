package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Makes the keyed hashes by which an identifier is found again without being stored; one instance serves one thread. */
public final class BlindIndex {
    private static final String PURPOSE = "blind-index";
    private static final int HASH_BYTES = 16;

    private final KeyedHash hash;

    public BlindIndex(TenantKey key) {
        hash = new KeyedHash(key.derived(PURPOSE));
    }

    /** The identifier for {@code value}, however it was written: {@code Ada@Example.org} and {@code ada@example.org} are one. */
    public Identifier identify(IdentifierKind kind, String value) {
        byte[] bytes = (kind.label() + ":" + normalise(kind, value)).getBytes(StandardCharsets.UTF_8);
        byte[] keyed = hash.put(bytes, 0, bytes.length).end();
        return new Identifier(kind, HexFormat.of().formatHex(keyed, 0, HASH_BYTES));
    }

    /** The one way of writing {@code value} from which its hash and its pseudonym are made. */
    static String normalise(IdentifierKind kind, String value) {
        return switch (kind) {
            case EMAIL, ADDRESS -> value.toLowerCase(Locale.ROOT);
            case PHONE -> {
                String digits = digits(value);
                yield digits.startsWith("00") ? digits.substring(2) : digits;
            }
            case CARD -> digits(value);
            case SUBJECT, CREDENTIAL, PASSWORD -> value;
        };
    }

    private static String digits(String value) {
        StringBuilder digits = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char symbol = value.charAt(i);
            if (symbol >= '0' && symbol <= '9') {
                digits.append(symbol);
            }
        }
        return digits.toString();
    }
}
