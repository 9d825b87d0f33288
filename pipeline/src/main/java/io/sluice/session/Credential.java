package io.sluice.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One thing by which a sender can be recognised. */
record Credential(ActorKind kind, String value) {
    private static final int KEY_BYTES = 16;
    private static final Pattern JWT = Pattern.compile("[\\w-]{4,}\\.([\\w-]{4,})\\.[\\w-]*");

    /** A bearer token: its subject where it is a readable web token, else the token itself. */
    static Credential token(String token) {
        return subject(token).orElseGet(() -> new Credential(ActorKind.TOKEN, token));
    }

    /** A cookie: the subject of a web token in it, else the cookie with its name. */
    static Credential cookie(String name, String value) {
        return subject(value).orElseGet(() -> new Credential(ActorKind.COOKIE, name + "=" + value));
    }

    /** Equal for equal credentials only, without the value: {@code jwt:5c1f...}. */
    String key() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return kind.text() + ":" + HexFormat.of().formatHex(digest, 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Credential> subject(String token) {
        Matcher matcher = JWT.matcher(token);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Claims.of(new String(Base64.getUrlDecoder().decode(matcher.group(1)), StandardCharsets.UTF_8))
                    .subject()
                    .map(subject -> new Credential(ActorKind.JWT, subject));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
