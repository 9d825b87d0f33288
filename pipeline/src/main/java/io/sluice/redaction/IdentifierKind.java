package io.sluice.redaction;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a sensitive value is, which decides the form of its pseudonym and how it is normalised for the blind index. */
public enum IdentifierKind {
    EMAIL,
    PHONE,
    CARD,
    /** Names the person or account behind a request: a token's subject, a Basic user. */
    SUBJECT,
    /** Opens something: token, API key, session cookie. */
    CREDENTIAL,
    /** Chosen by a person: its pseudonym has a fixed length, and it is not indexed. */
    PASSWORD,
    /** Network address of a client. */
    ADDRESS;

    /** The word used in documents and in the {@code kind} column, e.g. {@code email}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
