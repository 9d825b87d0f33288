package io.sluice.redaction;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out rules on values that were found, and notes the identifiers; one instance serves one thread. */
final class Replacer {
    static final byte[] MASK = "***".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NUMBER_MASK = {'0'};
    private static final int FEWEST_PHONE_DIGITS = 6;
    private static final Set<String> NOTHING = Set.of("null", "true", "false", "undefined", "none", "unknown");
    private static final Set<String> SCHEMES = Set.of(
            "basic",
            "bearer",
            "digest",
            "token",
            "jwt",
            "negotiate",
            "ntlm",
            "hmac",
            "apikey",
            "api-key",
            "aws4-hmac-sha256",
            "oauth",
            "hawk",
            "signature",
            "dpop",
            "gnap",
            "sso-key",
            "ssws",
            "key",
            "aws");
    private static final Set<String> PUBLIC_PARAMETERS = Set.of(
            "realm", "uri", "algorithm", "qop", "nc", "signedheaders", "oauth_signature_method", "oauth_version");

    private final Pseudonyms pseudonyms;
    private final Map<Detector, RedactionRule> detectors = new EnumMap<>(Detector.class);
    private final Suppression suppression;
    private List<Identifier> found;

    Replacer(RedactionPolicy policy, Pseudonyms pseudonyms, Suppression suppression, List<Identifier> found) {
        this.suppression = suppression;
        this.pseudonyms = pseudonyms;
        this.found = found;
        for (RedactionRule rule : policy.rules()) {
            for (Detector detector : rule.detectors()) {
                detectors.putIfAbsent(detector, rule);
            }
        }
        detectors.values().removeIf(rule -> rule.action() == Action.KEEP);
    }

    /** From here on identifiers are noted in {@code list}; returns where they were noted before. */
    List<Identifier> noteIn(List<Identifier> list) {
        List<Identifier> before = found;
        found = list;
        return before;
    }

    boolean detects(Detector detector) {
        return detectors.containsKey(detector);
    }

    /** Replaces what {@code detector} recognised, as {@code kind}. */
    void detected(Detector detector, IdentifierKind kind, Span span) {
        RedactionRule rule = detectors.get(detector);
        if (rule != null) {
            replace(kind, rule.action(), span);
        }
    }

    /** Replaces a value that stands under a name of {@code rule}; false where detectors should look at it instead. */
    boolean named(RedactionRule rule, Span span) {
        if (rule.action() == Action.KEEP || span.isEmpty() || NOTHING.contains(lower(span))) {
            return rule.action() != Action.KEEP;
        }
        return switch (rule.kind()) {
            case CREDENTIAL -> {
                credential(rule.action(), span);
                yield true;
            }
            case ADDRESS -> addresses(rule.action(), span);
            case PHONE -> phone(rule.action(), span);
            default -> {
                replace(rule.kind(), rule.action(), span);
                yield true;
            }
        };
    }

    /** As {@link #named} for a number in JSON, which stays a number. */
    void namedNumber(RedactionRule rule, Span span) {
        if (rule.action() == Action.PSEUDONYM) {
            span.replace(pseudonyms.alike(span.string().replace('e', '0').replace('E', '0')));
        } else if (rule.action() == Action.MASK) {
            span.replace(NUMBER_MASK);
        }
    }

    /** The value of an Authorization header or of a field like it: scheme and credential, or a credential alone. */
    private void credential(Action action, Span span) {
        String value = span.string();
        int space = value.indexOf(' ');
        if (space < 1 || !SCHEMES.contains(value.substring(0, space).toLowerCase(Locale.ROOT))) {
            replace(IdentifierKind.CREDENTIAL, action, span);
            return;
        }
        int start = space;
        while (start < value.length() && value.charAt(start) == ' ') {
            start++;
        }
        Span rest = span.part(span.from() + bytes(value, start), span.to());
        if (value.regionMatches(true, 0, "basic", 0, space)) {
            if (!basic(action, rest)) {
                replace(IdentifierKind.CREDENTIAL, action, rest);
            }
        } else if (rest.string().indexOf('=') > 0 && rest.string().indexOf(',') > 0) {
            parameters(action, rest);
        } else {
            replace(IdentifierKind.CREDENTIAL, action, rest);
        }
    }

    /** Replaces the Base64 form of {@code user:password}; false where the value is none. */
    boolean basic(Action action, Span span) {
        String pair = basicPair(span.string());
        if (pair == null) {
            return false;
        }
        int colon = pair.indexOf(':');
        byte[] user = written(IdentifierKind.SUBJECT, action, pair.substring(0, colon));
        byte[] password = written(IdentifierKind.PASSWORD, action, pair.substring(colon + 1));
        byte[] joined = new byte[user.length + 1 + password.length];
        System.arraycopy(user, 0, joined, 0, user.length);
        joined[user.length] = ':';
        System.arraycopy(password, 0, joined, user.length + 1, password.length);
        span.replace(Base64.getEncoder().encode(joined));
        return true;
    }

    /** {@code user:password} in Base64, where it is that, and readable. */
    static @Nullable String basicPair(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64.strip()), StandardCharsets.UTF_8);
            boolean readable = pair.chars().allMatch(symbol -> symbol >= ' ' && symbol != 0xFFFD);
            return readable && pair.indexOf(':') >= 0 ? pair : null;
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    boolean basicInText(Span span) {
        RedactionRule rule = detectors.get(Detector.AUTHORIZATION);
        return rule != null && basic(rule.action(), span);
    }

    /** {@code Digest username="ada", response="..."}: every parameter but the public ones. */
    private void parameters(Action action, Span span) {
        int at = span.from();
        while (at < span.to()) {
            int end = span.until(at, ',');
            int equals = span.until(at, '=');
            if (equals < end) {
                String name = span.part(at, equals).string().strip().toLowerCase(Locale.ROOT);
                Span value = span.part(equals + 1, end).unquoted();
                IdentifierKind kind = name.equals("username") ? IdentifierKind.SUBJECT : IdentifierKind.CREDENTIAL;
                if (!PUBLIC_PARAMETERS.contains(name) && !value.isEmpty()) {
                    replace(kind, action, value);
                }
            }
            at = end + 1;
        }
    }

    /** {@code 192.0.2.7, 198.51.100.2} and {@code for=192.0.2.7;proto=https}; false where no address stands in it. */
    private boolean addresses(Action action, Span span) {
        boolean any = false;
        int at = span.from();
        while (at < span.to()) {
            int end = Math.min(span.until(at, ','), span.until(at, ';'));
            int equals = span.until(at, '=');
            Span value = span.part(equals < end ? equals + 1 : at, end).unquoted();
            if (Pseudonyms.isAddress(value.string())) {
                replace(IdentifierKind.ADDRESS, action, value);
                any = true;
            }
            at = end + 1;
        }
        return any;
    }

    private boolean phone(Action action, Span span) {
        int digits = 0;
        for (int i = span.from(); i < span.to(); i++) {
            byte symbol = span.text()[i];
            digits += Numbers.isDigit(symbol) ? 1 : 0;
            if (Numbers.isWord(symbol) && !Numbers.isDigit(symbol) && symbol != 'x') {
                return false;
            }
        }
        if (digits < FEWEST_PHONE_DIGITS) {
            return false;
        }
        replace(IdentifierKind.PHONE, action, span);
        return true;
    }

    private void replace(IdentifierKind kind, Action action, Span span) {
        span.replace(written(kind, action, span.string()));
    }

    private byte[] written(IdentifierKind kind, Action action, String value) {
        if (value.isEmpty()) {
            return new byte[0];
        }
        Pseudonym pseudonym = pseudonyms.of(kind, value);
        if (suppression.masks(pseudonym.identifiers())) {
            return MASK;
        }
        found.addAll(pseudonym.identifiers());
        return action == Action.MASK ? MASK : pseudonym.text();
    }

    private static int bytes(String value, int chars) {
        return value.substring(0, chars).getBytes(StandardCharsets.UTF_8).length;
    }

    private static String lower(Span span) {
        return span.to() - span.from() > 10 ? "" : span.string().toLowerCase(Locale.ROOT);
    }
}
