package io.sluice.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Pseudonyms of JSON Web Tokens, which stay tokens that a test can read: header, times and roles kept, persons not. */
final class Tokens {
    /** Redacts the claims of a token: a JSON object. */
    interface Claims {
        /** The redacted {@code json}; adds what it found to {@code found}. */
        byte[] redact(byte[] json, List<Identifier> found);
    }

    private final Pseudonyms pseudonyms;
    private final Claims claims;

    Tokens(Pseudonyms pseudonyms, Claims claims) {
        this.pseudonyms = pseudonyms;
        this.claims = claims;
    }

    /** Whether {@code value} as a whole has the form of a signed, unsigned or encrypted token (RFC 7515, 7516). */
    static boolean looksLikeJwt(String value) {
        return value.startsWith("ey")
                && end(value.getBytes(StandardCharsets.ISO_8859_1), 0, value.length()) == value.length();
    }

    /** End of the token that begins at {@code from} in {@code text}, or -1. */
    static int end(byte[] text, int from, int to) {
        if (from + 10 > to || text[from] != 'e' || (text[from + 1] != 'y' && text[from + 1] != 'w')) {
            return -1;
        }
        int dots = 0;
        int part = 0;
        int i = from;
        for (; i < to; i++) {
            byte symbol = text[i];
            if (symbol == '.') {
                if ((dots < 1 && part < 8) || dots == 4) {
                    break;
                }
                dots++;
                part = 0;
            } else if ((symbol > 0 && Numbers.isWord(symbol)) || symbol == '-') {
                part++;
            } else {
                break;
            }
        }
        boolean closesSentence = part == 0 && dots != 2;
        if (closesSentence) {
            dots--;
            i--;
        }
        return dots >= 1 && (dots > 1 || part >= 8) && isObject(text, from, i) ? i : -1;
    }

    /** Whether the first part is the Base64 form of a JSON object. */
    private static boolean isObject(byte[] text, int from, int to) {
        int end = from;
        while (end < to && text[end] != '.') {
            end++;
        }
        byte[] header = decode(new String(text, from, end - from, StandardCharsets.ISO_8859_1));
        return header.length > 2 && header[0] == '{' && header[header.length - 1] == '}';
    }

    Pseudonym jwt(String value, List<Identifier> whole) {
        String[] parts = value.split("\\.", -1);
        List<Identifier> found = new ArrayList<>(whole);
        StringBuilder out = new StringBuilder(value.length()).append(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            byte[] json = i == 1 && parts.length <= 3 ? decode(parts[i]) : new byte[0];
            String part = json.length > 1 && json[0] == '{'
                    ? encode(claims.redact(json, found))
                    : new String(pseudonyms.alike(parts[i]), StandardCharsets.US_ASCII);
            out.append('.').append(part);
        }
        return new Pseudonym(out.toString().getBytes(StandardCharsets.US_ASCII), List.copyOf(found));
    }

    private static byte[] decode(String part) {
        try {
            return Base64.getUrlDecoder().decode(part);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    private static String encode(byte[] part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
    }
}
