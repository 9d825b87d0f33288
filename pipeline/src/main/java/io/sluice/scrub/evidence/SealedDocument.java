package io.sluice.scrub.evidence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The JSON of a certificate: all that it states, the public key, and, once sealed, the signature. */
record SealedDocument(ObjectNode tree) {
    private static final String SIGNATURE = "signature";
    private static final String PUBLIC_KEY = "publicKey";
    private static final String PREVIOUS = "previous";
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(new JavaTimeModule())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** Text that is no certificate; the message is a sentence and says nothing of what stands in the text. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Malformed(String message) {
            super(message);
        }
    }

    /** The document in {@code text}; fails with {@link Malformed} where it is not one object with each key once. */
    static SealedDocument read(String text) {
        try {
            if (JSON.readTree(text) instanceof ObjectNode tree) {
                return new SealedDocument(tree);
            }
            throw new Malformed("It is not a JSON object.");
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new Malformed("It is not JSON in which every key stands once"
                    + (place == null
                            ? "."
                            : ": see line " + place.getLineNr() + ", column " + place.getColumnNr() + "."));
        }
    }

    /** The document of {@code certificate} for the owner of {@code publicKey}, not yet signed. */
    static SealedDocument of(Certificate certificate, String publicKey) {
        ObjectNode tree = JSON.createObjectNode().put("formatVersion", 1);
        tree.setAll((ObjectNode) JSON.valueToTree(certificate.request()));
        tree.put("inTime", certificate.inTime());
        tree.setAll((ObjectNode) JSON.valueToTree(certificate.outcome()));
        tree.setAll((ObjectNode) JSON.valueToTree(certificate.origin()));
        tree.put(PREVIOUS, certificate.previous().orElse(null));
        tree.put(PUBLIC_KEY, publicKey);
        return new SealedDocument(tree);
    }

    SealedDocument signed(String signature) {
        return new SealedDocument(tree.deepCopy().put(SIGNATURE, signature));
    }

    /** What the document states; it must meet the schema. */
    Certificate certificate() {
        try {
            return new Certificate(
                    JSON.treeToValue(tree, Certificate.Request.class),
                    JSON.treeToValue(tree, Certificate.Outcome.class),
                    JSON.treeToValue(tree, Certificate.Origin.class),
                    previous());
        } catch (JsonProcessingException e) {
            throw new Malformed("It names a time that is not in the calendar.");
        }
    }

    String tenant() {
        return tree.path("tenant").asText();
    }

    Optional<String> previous() {
        return Optional.ofNullable(tree.path(PREVIOUS).textValue());
    }

    VerifyingKey publicKey() {
        return new VerifyingKey(tree.path(PUBLIC_KEY).asText());
    }

    String signature() {
        return tree.path(SIGNATURE).asText();
    }

    boolean saysInTime() {
        return tree.path("inTime").booleanValue();
    }

    /** What is signed: the canonical form of everything but the signature. */
    byte[] content() {
        ObjectNode content = tree.deepCopy();
        content.remove(SIGNATURE);
        return canonical(content);
    }

    /** What the next certificate names as the one before it. */
    String hash() {
        return Sha256.hex(canonical(tree));
    }

    /** The document for people, with a line for each statement. */
    String text() {
        try {
            return JSON.writer(new DefaultPrettyPrinter()
                                    .withObjectIndenter(INDENT)
                                    .withArrayIndenter(INDENT))
                            .writeValueAsString(tree)
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@code text} differs from the document at most in space between its tokens. */
    boolean isSpelledAs(String text) {
        StringBuilder tokens = new StringBuilder(text.length());
        boolean inString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!inString && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
                continue;
            }
            tokens.append(c);
            if (inString && c == '\\') {
                tokens.append(text.charAt(++i));
            } else if (c == '"') {
                inString = !inString;
            }
        }
        return tokens.toString().equals(tree.toString());
    }

    private static byte[] canonical(JsonNode node) {
        try {
            return CanonicalJson.bytes(node);
        } catch (IllegalArgumentException e) {
            throw new Malformed("It has no canonical form: " + e.getMessage() + ".");
        }
    }
}
