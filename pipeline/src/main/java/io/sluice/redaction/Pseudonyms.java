package io.sluice.redaction;

import io.sluice.tenant.TenantKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Keyed replacements that keep the form of a value, so that redacted traffic still joins and still validates: the same
 * value has the same pseudonym wherever it stands. One instance serves one thread.
 */
final class Pseudonyms {
    private static final String PURPOSE = "pseudonym";
    private static final int REMEMBERED = 20_000;
    private static final int LONGEST_REMEMBERED = 4096;
    private static final int FEWEST_INDEXED = 6;
    private static final int PASSWORD_LENGTH = 12;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@:/]+@[^\\s@:/]+\\.[^\\s@:/.]{2,}");
    private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9 ().-]{7,24}");
    private static final Pattern CARD = Pattern.compile("[0-9]{4}[ -]?[0-9 -]{8,18}[0-9]");
    private static final Pattern ADDRESS =
            Pattern.compile("\\[?([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}"
                    + "(?:(?<=:)[0-9]{1,3}(?:\\.[0-9]{1,3}){3})?)]?(?:%\\w+)?(:[0-9]{1,5})?");

    private final KeyedHash keyed;
    private final BlindIndex index;
    private final Tokens tokens;
    private final Map<IdentifierKind, Map<String, Pseudonym>> known = new EnumMap<>(IdentifierKind.class);

    Pseudonyms(TenantKey key, Tokens.Claims claims) {
        keyed = new KeyedHash(key.derived(PURPOSE));
        index = new BlindIndex(key);
        tokens = new Tokens(this, claims);
        for (IdentifierKind kind : IdentifierKind.values()) {
            known.put(kind, new HashMap<>());
        }
    }

    /** The pseudonym of the value in {@code text[from, to)}, taken as {@code kind} unless its own form says more. */
    Pseudonym of(IdentifierKind kind, byte[] text, int from, int to) {
        return of(kind, new String(text, from, to - from, StandardCharsets.UTF_8));
    }

    Pseudonym of(IdentifierKind kind, String value) {
        Map<String, Pseudonym> remembered = Objects.requireNonNull(known.get(kind));
        Pseudonym pseudonym = remembered.get(value);
        if (pseudonym == null) {
            pseudonym = make(kind, value);
            if (value.length() <= LONGEST_REMEMBERED) {
                if (remembered.size() >= REMEMBERED) {
                    remembered.clear();
                }
                remembered.put(value, pseudonym);
            }
        }
        return pseudonym;
    }

    /** Replaces letters and digits by others of their class, whatever the value is: for numbers and for signatures. */
    byte[] alike(String value) {
        return alike(symbols(value), value);
    }

    private Pseudonym make(IdentifierKind kind, String value) {
        return switch (kind) {
            case EMAIL -> email(value);
            case PHONE -> new Pseudonym(digits(IdentifierKind.PHONE, value), indexed(kind, value));
            case CARD -> new Pseudonym(card(value), indexed(kind, value));
            case PASSWORD -> new Pseudonym(symbols(value).word(PASSWORD_LENGTH), List.of());
            case ADDRESS -> address(value);
            case SUBJECT, CREDENTIAL -> byForm(kind, value);
        };
    }

    private Pseudonym byForm(IdentifierKind kind, String value) {
        if (Tokens.looksLikeJwt(value)) {
            return tokens.jwt(value, indexed(kind, value));
        }
        if (EMAIL.matcher(value).matches()) {
            return of(IdentifierKind.EMAIL, value);
        }
        if (PHONE.matcher(value).matches()) {
            return of(IdentifierKind.PHONE, value);
        }
        if (isCard(value)) {
            return of(IdentifierKind.CARD, value);
        }
        return new Pseudonym(alike(value), indexed(kind, value));
    }

    private List<Identifier> indexed(IdentifierKind kind, String value) {
        boolean common = kind == IdentifierKind.CREDENTIAL && value.length() < FEWEST_INDEXED;
        return common ? List.of() : List.of(index.identify(kind, value));
    }

    private Pseudonym email(String value) {
        String normal = BlindIndex.normalise(IdentifierKind.EMAIL, value);
        String domain = normal.substring(normal.indexOf('@') + 1);
        String pseudonym =
                text(symbols(normal).word(10)) + "@" + text(symbols(domain).word(8)) + ".example";
        return new Pseudonym(pseudonym.getBytes(StandardCharsets.US_ASCII), indexed(IdentifierKind.EMAIL, value));
    }

    private byte[] digits(IdentifierKind kind, String value) {
        String normal = BlindIndex.normalise(kind, value);
        byte[] replaced = alike(symbols(normal), normal);
        byte[] out = value.getBytes(StandardCharsets.UTF_8);
        int next = replaced.length;
        for (int i = out.length - 1; i >= 0 && next > 0; i--) {
            if (Numbers.isDigit(out[i])) {
                out[i] = replaced[--next];
            }
        }
        return out;
    }

    /** Keeps the first digit, which names the kind of card, and the length; the last digit makes it valid again. */
    private byte[] card(String value) {
        byte[] out = digits(IdentifierKind.CARD, value);
        byte[] number = new byte[out.length];
        int count = 0;
        int last = 0;
        for (int i = 0; i < out.length; i++) {
            if (Numbers.isDigit(out[i])) {
                if (count == 0) {
                    out[i] = (byte) value.charAt(i);
                }
                number[count++] = (byte) (out[i] - '0');
                last = i;
            }
        }
        number[count - 1] = 0;
        out[last] = (byte) ('0' + Numbers.luhn(number, count));
        return out;
    }

    /** An address of the block that RFC 3849 reserves for documentation, so that it is nobody's; a port stays. */
    private Pseudonym address(String value) {
        var form = ADDRESS.matcher(value.strip());
        String host = form.matches() ? form.group(1) : value.strip();
        String port = form.matches() && form.group(2) != null ? form.group(2) : "";
        Symbols symbols = symbols(BlindIndex.normalise(IdentifierKind.ADDRESS, host));
        StringBuilder pseudonym = new StringBuilder("2001:db8");
        for (int group = 0; group < 6; group++) {
            pseudonym.append(':').append(Integer.toHexString(0x1000 + symbols.next(0xF000)));
        }
        String written = port.isEmpty() ? pseudonym.toString() : "[" + pseudonym + "]" + port;
        return new Pseudonym(written.getBytes(StandardCharsets.US_ASCII), indexed(IdentifierKind.ADDRESS, host));
    }

    /** Whether {@code value} is an IPv4 or IPv6 address, with or without a port. */
    static boolean isAddress(String value) {
        return ADDRESS.matcher(value).matches();
    }

    private static boolean isCard(String value) {
        if (value.length() > 24 || !CARD.matcher(value).matches()) {
            return false;
        }
        byte[] text = value.getBytes(StandardCharsets.US_ASCII);
        return Numbers.cardEnd(text, 0, text.length) == text.length;
    }

    private byte[] alike(Symbols symbols, String value) {
        boolean hex = isHex(value);
        byte[] in = value.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (byte symbol : in) {
            if (symbol >= 0) {
                out[length] = symbols.like(symbol, hex, length == 0);
                length++;
            } else if ((symbol & 0xC0) == 0xC0) {
                out[length++] = symbols.lower();
            }
        }
        return Arrays.copyOf(out, length);
    }

    private static boolean isHex(String value) {
        for (int i = 0; i < value.length(); i++) {
            char symbol = value.charAt(i);
            if (symbol > 'f' || (symbol > 'F' && symbol < 'a')) {
                return false;
            }
        }
        return true;
    }

    private Symbols symbols(String normal) {
        byte[] bytes = normal.getBytes(StandardCharsets.UTF_8);
        return new Symbols(keyed.put(bytes, 0, bytes.length).end());
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.US_ASCII);
    }
}
