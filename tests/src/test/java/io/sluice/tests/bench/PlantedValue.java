package io.sluice.tests.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.redaction.IdentifierKind;
import io.sluice.redaction.ValueTraces;
import io.sluice.tests.scrub.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A value that is to leave a lake, how it stands there, and what selects it. */
record PlantedValue(Kind kind, Encoding encoding, String value) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What selects a value. */
    enum Kind {
        EMAIL,
        PHONE,
        LITERAL,
        REGEX,
        FIELD;

        /** Whether a value can stand in this way so that it is still to be selected. */
        private boolean hasTo(Encoding encoding) {
            return switch (this) {
                case EMAIL -> encoding != Encoding.DIGITS_ONLY;
                case PHONE -> encoding != Encoding.PLUS_TAG;
                case LITERAL -> encoding != Encoding.DIGITS_ONLY && encoding != Encoding.PLUS_TAG;
                case REGEX -> LITERAL.hasTo(encoding) && !encoding.isDigest();
                case FIELD ->
                    encoding == Encoding.PLAIN || !encoding.contentEncoding().isEmpty();
            };
        }
    }

    /** One value for each kind in each encoding, no two alike. */
    static List<PlantedValue> all(Random random) {
        List<PlantedValue> values = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (Encoding encoding : Encoding.values()) {
                if (kind.hasTo(encoding)) {
                    values.add(new PlantedValue(kind, encoding, value(kind, values.size(), random)));
                }
            }
        }
        return values;
    }

    private static String value(Kind kind, int number, Random random) {
        int any = random.nextInt(1 << 16);
        return switch (kind) {
            case EMAIL -> "ada.q%02d%04x@example.org".formatted(number, any);
            case PHONE -> "+1 202 555 01%02d".formatted(number); // numbers that nobody has
            case LITERAL -> "Zo\u00eb K\u00fc-%02d%04x".formatted(number, any);
            case REGEX -> "QX-%02d%05d".formatted(number, any);
            case FIELD -> "ref %02d%04x".formatted(number, any);
        };
    }

    /** The body of a message in which it stands. */
    byte[] body() {
        return kind == Kind.FIELD
                ? encoding.packed(("{\"customer\":{\"ref\":\"" + value + "\"}}").getBytes(StandardCharsets.UTF_8))
                : encoding.body(value);
    }

    ObjectNode selector() {
        ObjectNode selector = JSON.createObjectNode();
        switch (kind) {
            case EMAIL -> selector.putObject("subject").put("kind", "email").put("value", value);
            case PHONE -> selector.putObject("subject").put("kind", "phone").put("value", value);
            case LITERAL -> selector.put("literal", value);
            case REGEX -> selector.put("regex", "QX-[0-9]{7}");
            case FIELD -> selector.put("field", "$.customer.ref").put("equals", value);
        }
        return selector;
    }

    /** The value, and what stands for it in a lake with these keys. */
    Stream<String> texts(ValueTraces traces) {
        return switch (kind) {
            case EMAIL, PHONE -> {
                IdentifierKind subject = kind == Kind.EMAIL ? IdentifierKind.EMAIL : IdentifierKind.PHONE;
                yield Stream.of(List.of(value), traces.pseudonyms(subject, value), traces.indexHashes(subject, value))
                        .flatMap(List::stream)
                        .distinct();
            }
            default -> Stream.of(value);
        };
    }
}
