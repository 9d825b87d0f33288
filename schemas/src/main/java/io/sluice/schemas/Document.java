package io.sluice.schemas;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** A kind of JSON document with its JSON Schema, against which every one is checked when read or written. */
public enum Document {
    SCENARIO("scenario.schema.json"),
    RUN_DOCUMENT("run-document.schema.json"),
    TENANT_CONFIG("tenant-config.schema.json"),
    REDACTION_POLICY("redaction-policy.schema.json"),
    SCRUB_REQUEST("scrub-request.schema.json"),
    CERTIFICATE("certificate.schema.json");

    /** A document that does not meet its schema; the problems name places, never values. */
    public static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Invalid(Document document, List<String> problems) {
            super("The " + document.title() + " does not meet " + document.file + ": " + String.join("; ", problems));
        }
    }

    private static final String VALUES = "$.selectors";

    private final String file;

    @SuppressWarnings("ImmutableEnumChecker") // a JsonSchema is not changed once loaded
    private final JsonSchema schema;

    Document(String file) {
        this.file = file;
        this.schema = load(file);
    }

    /** The name of the schema file, which lies beside the table declarations. */
    public String file() {
        return file;
    }

    /** What such a document is called in a sentence, e.g. {@code scenario}. */
    public String title() {
        return file.substring(0, file.indexOf('.')).replace('-', ' ');
    }

    /** Throws {@link Invalid} with all problems where {@code json} does not meet the schema. */
    public void check(String json) {
        List<String> problems = schema.validate(json, InputFormat.JSON).stream()
                .map(Document::placeAndRule)
                .distinct()
                .sorted()
                .toList();
        if (!problems.isEmpty()) {
            throw new Invalid(this, problems);
        }
    }

    private static String placeAndRule(ValidationMessage message) {
        String place = message.getInstanceLocation().toString();
        boolean told =
                message.getProperty() != null && !place.startsWith(VALUES); // an unknown key there may be a value
        return place + " breaks " + message.getType() + (told ? " of " + message.getProperty() : "");
    }

    private static JsonSchema load(String file) {
        try (InputStream in = Objects.requireNonNull(Document.class.getResourceAsStream(file), file)) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
