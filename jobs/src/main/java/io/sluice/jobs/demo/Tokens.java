package io.sluice.jobs.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs and checks JSON Web Tokens (RFC 7519, HS256) with the key of one start, so that tokens of another are stale. */
final class Tokens {
    static final Duration LIFETIME = Duration.ofHours(1);

    private static final Base64.Encoder ENCODE = Base64.getUrlEncoder().withoutPadding();
    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
    private static final String SCHEME = "Bearer ";

    private final byte[] key;
    private final Clock clock;

    Tokens(byte[] key, Clock clock) {
        this.key = key.clone();
        this.clock = clock;
    }

    /** A token for the account. */
    String sign(Accounts.Account account) {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://bookshop.example");
        claims.put("sub", account.id());
        claims.put("email", account.email());
        claims.put("name", account.name());
        claims.put("scope", "shop");
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME.toSeconds());
        try {
            String content = HEADER + "." + encode(Call.JSON.writeValueAsString(claims));
            return content + "." + ENCODE.encodeToString(signature(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The id of the account in an Authorization header; a 401 unless the token is ours and still good. */
    String subject(@Nullable String authorization) {
        String[] parts = authorization == null || !authorization.startsWith(SCHEME)
                ? new String[0]
                : authorization.substring(SCHEME.length()).split("\\.", -1);
        if (parts.length != 3) {
            throw new Refusal(401, "log in first");
        }
        try {
            byte[] given = Base64.getUrlDecoder().decode(parts[2]);
            if (!MessageDigest.isEqual(given, signature(parts[0] + "." + parts[1]))) {
                throw new Refusal(401, "the token is not ours");
            }
            JsonNode claims = Call.JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            if (claims.path("exp").asLong() <= clock.instant().getEpochSecond()) {
                throw new Refusal(401, "the token is too old");
            }
            return claims.path("sub").asText();
        } catch (IllegalArgumentException | IOException e) {
            throw new Refusal(401, "the token is broken");
        }
    }

    private byte[] signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String json) {
        return ENCODE.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
