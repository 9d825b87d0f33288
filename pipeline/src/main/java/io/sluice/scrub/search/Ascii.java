package io.sluice.scrub.search;

import java.util.Arrays;

/** What the bytes of ASCII are to a search. */
final class Ascii {
    /** Of the alphabets of RFC 4648, sections 4 and 5, or a line break within. */
    static final int BASE64 = 1;

    static final int HEX = 2;

    /** What is printed, or parts it: spaces, tabs and line breaks. */
    static final int TEXT = 64;

    /** Bytes of letters that are not ASCII. */
    static final int BEYOND = 128;

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

    /** Whether it is of one of {@code kinds}. */
    static boolean is(byte symbol, int kinds) {
        return (KINDS[symbol & 0xff] & kinds) != 0;
    }

    static boolean isBase64(byte symbol) {
        return is(symbol, BASE64);
    }

    /** Whether a byte is of a word, as the local part of a mail address is one. */
    static boolean isInWord(byte symbol) {
        return isLetterOrDigit(symbol) || symbol == '.' || symbol == '_' || symbol == '-';
    }

    static boolean isLetterOrDigit(byte symbol) {
        return is(symbol, LETTER_OR_DIGIT);
    }

    static boolean isHex(byte symbol) {
        return is(symbol, HEX);
    }

    static boolean isDigit(byte symbol) {
        return is(symbol, DIGIT);
    }

    /** A digit, or what people write between the digits of a phone or card number. */
    static boolean isInNumber(byte symbol) {
        return is(symbol, DIGIT | BETWEEN_DIGITS);
    }

    /** What stands before the sign in an e-mail address. */
    static boolean isLocalPart(byte symbol) {
        return is(symbol, LOCAL_PART);
    }

    private static byte[] kinds() {
        byte[] kinds = new byte[256];
        Arrays.fill(kinds, ' ', 0x7f, (byte) TEXT);
        Arrays.fill(kinds, 0x80, kinds.length, (byte) BEYOND);
        mark(kinds, "\t\n\r", TEXT);
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
