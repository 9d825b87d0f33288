package io.sluice.tests.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.redaction.IdentifierKind;
import io.sluice.redaction.ValueTraces;
import io.sluice.tests.scrub.Encoding;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** A value that is to leave a lake, how it stands there, and what selects it. */
record PlantedValue(Kind kind, Encoding encoding, String value) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What selects a value. */
    enum Kind {
        EMAIL,
        PHONE,
        CARD,
        SUBJECT,
        CREDENTIAL,
        ADDRESS,
        LITERAL,
        REGEX,
        /** A field of JSON that holds it. */
        FIELD,
        /** A field of JSON, whatever it holds. */
        EXISTS,
        /** A text, in exchanges of one service. */
        SCOPED,
        /** A redaction rule that the policy had not when it was stored. */
        RULE;

        static final Set<Kind> IDENTIFIERS = EnumSet.range(EMAIL, ADDRESS);

        /** Whether a value can stand in this way so that it is still to be selected. */
        private boolean hasTo(Encoding encoding) {
            return switch (this) {
                case EMAIL -> encoding != Encoding.DIGITS_ONLY;
                case PHONE, CARD -> encoding != Encoding.PLUS_TAG;
                case REGEX -> LITERAL.hasTo(encoding) && !encoding.isDigest();
                case FIELD, EXISTS -> encoding.canHoldJson();
                case RULE ->
                    encoding == Encoding.PLAIN || !encoding.contentEncoding().isEmpty();
                default -> encoding != Encoding.DIGITS_ONLY && encoding != Encoding.PLUS_TAG;
            };
        }

        /** What a value of it is, if it is an identifier. */
        private Optional<IdentifierKind> identifier() {
            return IDENTIFIERS.contains(this) ? Optional.of(IdentifierKind.valueOf(name())) : Optional.empty();
        }
    }

    /** The service to whose exchanges one kind is bound. */
    static final String SERVICE = "scoped";

    /** A rule for the field in which values of one kind stand. */
    static final String RULE = "order codes";

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
            case CARD -> "4000 00%02d %04d %04d".formatted(any % 100, any % 10_000, 1_000 + number);
            case SUBJECT -> "acct-%03d%04x".formatted(number, any);
            case CREDENTIAL -> "tok_%03d%04xQz".formatted(number, any);
            case ADDRESS -> "198.51.100.%d".formatted(number); // of a network for documentation
            case LITERAL -> "Zo\u00eb K\u00fc-%03d%04x".formatted(number, any);
            case REGEX -> "QX-%03d%05d".formatted(number, any);
            case FIELD -> "ref %03d%04x".formatted(number, any);
            case EXISTS -> "draft %03d%04x".formatted(number, any);
            case SCOPED -> "here %03d%04x".formatted(number, any);
            case RULE -> "order %03d%04x".formatted(number, any);
        };
    }

    /** The body of a message in which it stands. */
    byte[] body() {
        return switch (kind) {
            case FIELD -> encoding.json("{\"customer\":{\"ref\":\"" + value + "\"}}");
            case EXISTS -> encoding.json("{\"drafts\":[{\"code\":\"" + value + "\"}]}");
            case RULE -> encoding.json("{\"orderCode\":\"" + value + "\"}");
            default -> encoding.body(value);
        };
    }

    /** The name of the service that has it. */
    String service() {
        return kind == Kind.SCOPED ? SERVICE : "notes";
    }

    ObjectNode selector() {
        ObjectNode selector = JSON.createObjectNode();
        switch (kind) {
            case LITERAL, SCOPED -> selector.put("literal", value);
            case REGEX -> selector.put("regex", "QX-[0-9]{8}");
            case FIELD -> selector.put("field", "$.customer.ref").put("equals", value);
            case EXISTS -> selector.put("field", "$.drafts[*].code").put("exists", true);
            case RULE -> selector.put("policyRule", RULE);
            default ->
                selector.putObject("subject")
                        .put("kind", kind.identifier().orElseThrow().label())
                        .put("value", value);
        }
        return selector;
    }

    /** The value, and what stands for it in a lake with these keys. */
    Stream<String> texts(ValueTraces traces) {
        return kind.identifier()
                .map(subject -> Stream.of(
                                List.of(value), traces.pseudonyms(subject, value), traces.indexHashes(subject, value))
                        .flatMap(List::stream)
                        .distinct())
                .orElse(Stream.of(value));
    }
}
