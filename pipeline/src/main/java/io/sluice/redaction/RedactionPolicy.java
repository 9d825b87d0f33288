package io.sluice.redaction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.schemas.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a tenant wants hidden before anything is written: an ordered list of rules, of which the first match counts. */
public record RedactionPolicy(String name, int decodedBodyBytes, List<RedactionRule> rules) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public RedactionPolicy {
        rules = List.copyOf(rules);
    }

    /** The policy of a tenant that has none of its own. */
    public static RedactionPolicy standard() {
        String resource = "standard-policy.json";
        try (InputStream in = Objects.requireNonNull(RedactionPolicy.class.getResourceAsStream(resource), resource)) {
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The policy in {@code json}; fails with {@link Document.Invalid} where the schema is not met. */
    public static RedactionPolicy read(String json) {
        Document.REDACTION_POLICY.check(json);
        try {
            return JSON.readValue(json, RedactionPolicy.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rule of that name alone, as it works among those before it; none if there is no such rule. */
    public Optional<RedactionPolicy> only(String rule) {
        List<RedactionRule> some = new ArrayList<>();
        for (RedactionRule one : rules) {
            if (one.name().equals(rule)) {
                some.add(one);
                return Optional.of(new RedactionPolicy(name, decodedBodyBytes, some));
            }
            some.add(one.keeping());
        }
        return Optional.empty();
    }

    /** What replaces a value by another that tells it apart. */
    public RedactionPolicy pseudonymsOnly() {
        return new RedactionPolicy(
                name,
                decodedBodyBytes,
                rules.stream()
                        .map(rule -> rule.action() == Action.PSEUDONYM ? rule : rule.keeping())
                        .toList());
    }

    /** The canonical JSON of this policy: two documents that mean the same write the same. */
    public String write() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Twelve hex digits of the SHA-256 of the canonical document; it stands in every row written under this policy. */
    public String version() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(write().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
