package io.sluice.redaction;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A form of value that is recognised wherever it stands, whatever the field around it is called. */
public enum Detector {
    /** {@code ada@example.org}. */
    EMAIL,
    /** {@code +49 30 1234567}, {@code (415) 555-0100}: international or clearly formatted only. */
    PHONE,
    /** {@code 4111 1111 1111 1111}: known issuer, right length, right Luhn digit. */
    CARD,
    /** {@code eyJ...}: a JSON Web Token. */
    JWT,
    /** {@code Bearer ...} and {@code Basic ...} inside other text. */
    AUTHORIZATION,
    /** {@code https://user:password@host}. */
    USERINFO;

    /** The word used in a policy document, e.g. {@code email}. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
