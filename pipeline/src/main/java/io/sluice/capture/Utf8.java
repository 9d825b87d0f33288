package io.sluice.capture;

/** Repairs text that should be UTF-8. */
final class Utf8 {
    /** What ASCII has for a character that got lost; unlike a question mark it means nothing in a URL. */
    private static final byte SUBSTITUTE = 0x1A;

    /** Replaces every byte that is not part of a well-formed sequence by the control character SUB, and tells how many. */
    static int repair(byte[] text, int length) {
        int replaced = 0;
        int at = 0;
        while (at < length) {
            int sequence = sequenceAt(text, at, length);
            if (sequence == 0) {
                text[at++] = SUBSTITUTE;
                replaced++;
            } else {
                at += sequence;
            }
        }
        return replaced;
    }

    /** Length of the well-formed sequence at {@code at}; 0 where there is none (RFC 3629). */
    private static int sequenceAt(byte[] text, int at, int length) {
        int first = text[at] & 0xFF;
        if (first < 0x80) {
            return 1;
        }
        int size = first >= 0xC2 && first < 0xE0
                ? 2
                : first >= 0xE0 && first < 0xF0 ? 3 : first >= 0xF0 && first < 0xF5 ? 4 : 0;
        if (size == 0 || at + size > length) {
            return 0;
        }
        for (int i = 1; i < size; i++) {
            if ((text[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = text[at + 1] & 0xFF;
        boolean overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
        boolean outside = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
        return overlong || outside ? 0 : size;
    }

    private Utf8() {}
}
