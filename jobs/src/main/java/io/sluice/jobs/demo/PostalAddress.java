package io.sluice.jobs.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Where a letter goes. */
record PostalAddress(String street, String postalCode, String city, String country) {
    private static final Pattern LINE = Pattern.compile(".{1,120}");

    /** The address at {@code pointer} of {@code body}; a 400 where a part is missing. */
    static PostalAddress in(JsonNode body, String pointer) {
        return new PostalAddress(
                Call.text(body, pointer + "/street", LINE),
                Call.text(body, pointer + "/postalCode", LINE),
                Call.text(body, pointer + "/city", LINE),
                Call.text(body, pointer + "/country", LINE));
    }
}
