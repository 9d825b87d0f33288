package io.sluice.scrub.search;

/** What the bytes of ASCII are to a search. */
final class Ascii {
    private static final int BASE64 = 1;
    private static final int HEX = 2;
    private static final int DIGIT = 4;
    private static final int BETWEEN_DIGITS = 8;
    private static final int LOCAL_PART = 16;
    private static final int LETTER_OR_DIGIT = 32;

    private static final byte[] KINDS = kinds();
    private static final byte[] FOLDED = foldings();

    private Ascii() {}

    /** The byte as an int from 0 to 255, in lower case if it is a letter. */
    static int fold(byte symbol) {
        return FOLDED[symbol & 0xff] & 0xff;
    }

    /** Of the alphabets of RFC 4648, sections 4 and 5, or a line break within. */
    static boolean isBase64(byte symbol) {
        return (KINDS[symbol & 0xff] & BASE64) != 0;
    }

    static boolean isLineBreak(byte symbol) {
        return symbol == '\n' || symbol == '\r';
    }

    static boolean isLetterOrDigit(byte symbol) {
        return (KINDS[symbol & 0xff] & LETTER_OR_DIGIT) != 0;
    }

    static boolean isHex(byte symbol) {
        return (KINDS[symbol & 0xff] & HEX) != 0;
    }

    static boolean isDigit(byte symbol) {
        return (KINDS[symbol & 0xff] & DIGIT) != 0;
    }

    /** A digit, or what people write between the digits of a phone or card number. */
    static boolean isInNumber(byte symbol) {
        return (KINDS[symbol & 0xff] & (DIGIT | BETWEEN_DIGITS)) != 0;
    }

    /** What stands before the sign in an e-mail address. */
    static boolean isLocalPart(byte symbol) {
        return (KINDS[symbol & 0xff] & LOCAL_PART) != 0;
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        for (char symbol = '0'; symbol <= 'z'; symbol++) {
            if (Character.isLetterOrDigit(symbol)) {
                kinds[symbol] |= BASE64 | LOCAL_PART | LETTER_OR_DIGIT;
            }
            if (Character.digit(symbol, 16) >= 0) {
                kinds[symbol] |= HEX;
            }
            if (Character.isDigit(symbol)) {
                kinds[symbol] |= DIGIT;
            }
        }
        mark(kinds, "+/-_\r\n", BASE64);
        mark(kinds, " -.()/+", BETWEEN_DIGITS);
        mark(kinds, "!#$%&'*+-/=?^_`{|}~.", LOCAL_PART);
        return kinds;
    }

    private static void mark(byte[] kinds, String symbols, int kind) {
        symbols.chars().forEach(symbol -> kinds[symbol] |= (byte) kind);
    }

    private static byte[] foldings() {
        byte[] folded = new byte[256];
        for (int i = 0; i < folded.length; i++) {
            folded[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 'a' - 'A' : i);
        }
        return folded;
    }
}
