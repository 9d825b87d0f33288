package io.sluice.scenario;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How the value of a variable is written so that it stays one value in the place it goes to. */
public enum Encoding {
    /** As it is: headers and plain text. */
    NONE,
    /** Inside a JSON string (RFC 8259, section 7). */
    JSON,
    /** In a query or a form body ({@code application/x-www-form-urlencoded}). */
    FORM,
    /** In one segment of a path (RFC 3986, section 3.3). */
    PATH;

    /** The encoding of places in a body of this media type. */
    public static Encoding ofMediaType(String mediaType) {
        String type = mediaType.toLowerCase(Locale.ROOT);
        if (type.equals("application/json") || type.endsWith("+json")) {
            return JSON;
        }
        return type.equals("application/x-www-form-urlencoded") ? FORM : NONE;
    }

    /** {@code value} as it stands in that place. */
    public String encode(String value) {
        return switch (this) {
            case NONE -> value;
            case JSON -> new String(JsonStringEncoder.getInstance().quoteAsString(value));
            case FORM -> URLEncoder.encode(value, StandardCharsets.UTF_8);
            case PATH -> URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        };
    }
}
